"""multipart/form-data, as far as clients of the Bot API use it."""

import email
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    name: str
    mime: str
    content: bytes


def parse(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """Split *body* into fields and files; parts without a name are dropped."""
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    boundary = re.search(r'boundary="?([^";,]+)', content_type)
    delimiter = f"\r\n--{boundary[1]}".encode() if boundary else b"\r\n--"
    for part in (b"\r\n" + body).split(delimiter)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        headers = email.message_from_bytes(head.strip())
        name = headers.get_param("name", header="content-disposition")
        file_name = headers.get_filename()
        if not isinstance(name, str):
            continue
        if file_name is None:
            fields[name] = content.decode(errors="replace")
        else:
            files[name] = Upload(file_name, headers.get_content_type(), content)
    return fields, files
