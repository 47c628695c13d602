"""Public services of the package `intake`."""

from funkhaus.intake.form.upload_folder import claim_upload_folder

__all__ = ["claim_upload_folder"]
