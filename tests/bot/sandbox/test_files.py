"""Pictures and documents, sent to the sandbox as uploads."""

import httpx

from tests.bot.sandbox.conftest import TOKEN, YOU
from tests.bot.sandbox.pictures import PNG


async def test_a_photo_and_a_document_arrive_and_can_be_sent_again(client: httpx.AsyncClient):
    url = f"/bot{TOKEN}"
    photo = await client.post(
        f"{url}/sendPhoto",
        data={"chat_id": YOU, "caption": "a <b>chart</b>", "parse_mode": "HTML"},
        files={"photo": ("week.png", PNG, "image/png")},
    )
    shown = photo.json()["result"]
    again = await client.post(
        f"{url}/sendPhoto", data={"chat_id": YOU, "photo": shown["photo"][0]["file_id"]}
    )
    document = await client.post(
        f"{url}/sendDocument",
        data={"chat_id": YOU, "document": "attach://f"},
        files={"f": ("plan.ics", b"BEGIN\r\n\r\nEND\r\n")},
    )
    file_id = document.json()["result"]["document"]["file_id"]
    served = await client.get(f"/sandbox/files/{file_id}")

    assert (shown["photo"][0]["width"], shown["photo"][0]["height"]) == (2, 1)
    assert shown["caption_entities"] == [{"type": "bold", "offset": 2, "length": 5}]
    assert again.json()["ok"]
    assert document.json()["result"]["document"]["file_name"] == "plan.ics"
    assert served.content == b"BEGIN\r\n\r\nEND\r\n"
    assert served.headers["content-disposition"] == "attachment"


async def test_a_file_that_is_no_picture_is_no_photo(client: httpx.AsyncClient):
    answer = await client.post(
        f"/bot{TOKEN}/sendPhoto", data={"chat_id": YOU}, files={"photo": ("x.png", b"text")}
    )

    assert answer.json()["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_caption_longer_than_1024_units_is_refused(client: httpx.AsyncClient):
    answer = await client.post(
        f"/bot{TOKEN}/sendPhoto",
        data={"chat_id": YOU, "caption": "x" * 1025},
        files={"photo": ("x.png", PNG)},
    )

    assert answer.json()["description"] == "Bad Request: message caption is too long"
