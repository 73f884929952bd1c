"""The child process that talks to the Firefox service or a hub: `python -m pipeline.models.remote ...`.

    pairs                             prints the service's language pairs as JSON
    firefox SOURCE FOLDER             fetches the service's model from SOURCE into English; FOLDER/SOURCE-en holds it
    listing REPO REVISION             prints the commit of a revision, and size and hash of its files, as JSON
    hub REPO REVISION FOLDER FILE...  fetches files to FOLDER/FILE, going on where an earlier try stopped

One line on stderr and status 1 say why it failed. Neither library can be told a deadline, and a hub that cannot be
reached is tried again for minutes: the parent decides when it has been long enough.
"""

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.models.children import end_with_parent

_PIECE = 1 << 18


def main(arguments: list[str]) -> int:
    end_with_parent()
    try:
        match arguments:
            case ["pairs"]:
                from fxtranslate import discovery

                sys.stdout.write(json.dumps(discovery.model_pairs(discovery.fetch_records_body())))
            case ["firefox", source, folder]:
                from fxtranslate import discovery

                discovery.add_models(source, "en", cache_dir=folder)
            case ["listing", repo, revision]:
                sys.stdout.write(json.dumps(_listing(repo, revision)))
            case ["hub", repo, revision, folder, *files]:
                for file in files:
                    _download(repo, revision, file, Path(folder) / file)
            case _:
                raise ValueError(f"unknown command {arguments}")
    except Exception as error:  # whatever a library raises is the reason the parent reports
        # The engine puts the address in front, twice; what follows the last one is the reason.
        reason = re.sub(r"^.*https?://\S+: ", "", " ".join(str(error).split()))
        sys.stderr.write(f"{reason[:300] or type(error).__name__}\n")
        return 1
    return 0


def _download(repo: str, revision: str, file: str, target: Path) -> None:
    """What the library does with a file, but going on with what an earlier process left, which it does not any more."""
    from huggingface_hub import constants, get_hf_file_metadata, hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    # Its own 10 MB would look like silence on a slow line.
    constants.DOWNLOAD_CHUNK_SIZE = _PIECE
    url = hf_hub_url(repo, file, revision=revision)
    stated = get_hf_file_metadata(url)
    headers = build_hf_headers()
    if urlsplit(stated.location).netloc != urlsplit(url).netloc:
        headers.pop("authorization", None)  # it is for the hub, not for where the hub keeps its files
    target.parent.mkdir(parents=True, exist_ok=True)
    # Named by the content, so that nothing is ever added to the start of another file.
    key = hashlib.sha256(f"{stated.etag} {stated.size}".encode()).hexdigest()[:16]
    part = target.with_name(f"{target.name}.{key}.part")
    with part.open("ab") as out:
        http_get(stated.location, out, resume_size=out.tell(), headers=headers, expected_size=stated.size)
    os.replace(part, target)


def _listing(repo: str, revision: str) -> dict[str, object]:
    """Files that Git LFS keeps are known by their sha256, the others by the hash of their git blob."""
    from huggingface_hub import HfApi

    info = HfApi().model_info(repo, revision=revision, files_metadata=True)
    files = {
        file.rfilename: {"sha256": file.lfs.sha256, "size": file.lfs.size}
        if file.lfs
        else {"blob": file.blob_id, "size": file.size}
        for file in info.siblings or ()
    }
    return {"commit": info.sha, "files": files}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
