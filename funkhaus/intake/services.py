"""What others ask of intake."""

from funkhaus.intake.form.upload_folder import claim_upload_folder

__all__ = ["claim_upload_folder"]
