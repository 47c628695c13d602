"""The form of a picture: it checks size and content of a file before anything decodes it in the web process."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField

from funkhaus.cms.dates.picture_form import PictureForm as DatedPictureForm
from funkhaus.cms.picture_files.sizes import DAMAGED, PicturesBusyError, is_heavy, prove_decodable

SAME: Final = {".tif": ".tiff", ".heif": ".heic"}  # endings that mean the same; Wagtail knows one of each


class PictureFileField(WagtailImageField):
    """A picture file; one that cannot be decoded is refused, and so is one with too many pixels."""

    def check_image_file_format(self, f: Any) -> None:
        """Check the format under the ending that Wagtail knows."""
        path = PurePath(f.name)
        f.name = str(path.with_suffix(SAME.get(path.suffix.lower(), path.suffix)))
        super().check_image_file_format(f)

    def check_image_pixel_size(self, f: Any) -> None:
        """Check the number of pixels by the header, then decode: a small picture here, others in their process."""
        try:
            super().check_image_pixel_size(f)
            width, height = f.image.get_size()
            if is_heavy(width, height, f.name):
                prove_decodable(f.image.f)
            else:
                f.image.auto_orient()
        except PicturesBusyError as error:
            raise ValidationError(_("Other large pictures are being read. Try again in a moment.")) from error
        except ValidationError:
            raise
        except DAMAGED as error:
            raise ValidationError(
                _("This picture is damaged or cannot be decoded. Export it as JPEG and try again."),
                code="invalid_image",
            ) from error
        if hasattr(f, "seek"):
            f.seek(0)


class PictureForm(DatedPictureForm):
    """The form of pictures, whose day is read like any other, with the checks above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = self.fields.get("file")
        if plain is not None:
            self.fields["file"] = PictureFileField(label=plain.label, required=plain.required, widget=plain.widget)
