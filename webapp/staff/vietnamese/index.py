"""What is said of the index: runs that fail, builds that are damaged, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

_RUNS = {
    "A process that analyses articles was killed by signal {number}; nothing was changed.": (
        "Một tiến trình phân tích bài bị dừng bởi tín hiệu {number}; chưa đổi gì."
    ),
    "A process that analyses articles ended with status {number}; nothing was changed.": (
        "Một tiến trình phân tích bài kết thúc với mã {number}; chưa đổi gì."
    ),
    "Run the command again. If memory is short: KHOBAO_BUILD_WORKERS=1 takes the least.": (
        "Hãy chạy lại. Nếu thiếu bộ nhớ: KHOBAO_BUILD_WORKERS=1 dùng ít nhất."
    ),
    "{path}: no such file or folder; nothing was changed.": "{path}: không có tệp hay thư mục này; chưa đổi gì.",
    "Check the path. To take its articles out of the archive: khobao index --remove PATH (with --rebuild: add"
    " --allow-removal).": (
        "Hãy xem lại đường dẫn. Muốn rút các bài ở đó khỏi kho: khobao index --remove ĐƯỜNG-DẪN"
        " (nếu dùng --rebuild: thêm --allow-removal)."
    ),
    "{folder} no longer says which folders its articles came from; nothing was changed.": (
        "{folder} không còn cho biết các bài đến từ thư mục nào; chưa đổi gì."
    ),
    "If khobao builds lists a whole build: khobao rollback makes it live. Otherwise name all folders: khobao index"
    " --rebuild PATH ...": (
        "Nếu trang Các bản còn bản nguyên vẹn thì hãy quay lại bản ấy. Nếu không, hãy nêu đủ các thư mục:"
        " khobao index --rebuild ĐƯỜNG-DẪN …"
    ),
    "The index does not say when all of {path} was last looked at; nothing was changed.": (
        "Chỉ mục không ghi lần cuối xem hết {path} là lúc nào; chưa đổi gì."
    ),
    "Leave --since out once, or give a day: --since 1/7/2020": (
        "Hãy chạy một lần không có --since, hoặc cho một ngày: --since 1/7/2020"
    ),
    "No article came from {paths}; nothing was changed.": "Không bài nào đến từ {paths}; chưa đổi gì.",
    "Check the path.": "Hãy xem lại đường dẫn.",
    "This run would remove {removed} of {held} articles; nothing was changed.": (
        "Lượt này sẽ rút {removed} trong {held} bài; chưa đổi gì."
    ),
    "Is a folder not mounted? If the removal is meant, run the same command with --allow-removal.": (
        "Có thư mục nào chưa được gắn vào máy chăng? Nếu đúng là muốn rút, hãy chạy lệnh ấy với --allow-removal."
    ),
    "The index is being written by {reason}.": "Chỉ mục đang được ghi bởi {reason}.",
    "process {pid} on {host} ({command}), since {since}": "tiến trình {pid} trên máy {host} ({command}), từ {since}",
    "another process": "một tiến trình khác",
    "another writer": "một tiến trình khác",
    "Wait until it has finished, then try again.": "Hãy đợi xong rồi làm lại.",
    "The archive holds no article '{name}'.": "Kho không có bài “{name}”.",
    "Find its id: khobao search WORDS OF ITS TITLE. If it is not there, index its file, and see whether it is among the"
    " rejected: khobao index PATH": (
        "Hãy tìm mã bài bằng vài chữ trong tiêu đề. Nếu không thấy, hãy lập chỉ mục tệp của bài rồi xem nó có ở trong"
        " những chỗ không đọc được không."
    ),
}

_BUILDS = {
    "There is no build {name}.": "Không có bản {name}.",
    "No build is waiting.": "Không có bản nào đang chờ.",
    "See: khobao builds": "Hãy xem trang Các bản.",
    "Build {name} cannot be made live: {reason}; nothing was changed.": (
        "Không dùng bản {name} được: {reason}; chưa đổi gì."
    ),
    "Build {name} was not dropped: {reason}; nothing was changed.": "Chưa bỏ được bản {name}: {reason}; chưa đổi gì.",
    "there is no such build": "không có bản này",
    "it does not wait for a yes": "bản này không chờ ai đồng ý",
    "its files cannot be removed": "không xóa được tệp của bản này",
    "{folder} holds no whole build from before the live one; nothing was changed.": (
        "{folder} không có bản nguyên vẹn nào trước bản đang dùng; chưa đổi gì."
    ),
    "See what there is: khobao builds. To make the index anew from the articles: khobao index --rebuild": (
        "Hãy xem trang Các bản còn gì. Muốn làm lại chỉ mục từ các bài: dựng lại toàn bộ (khobao index --rebuild)."
    ),
    "{folder} holds no index yet.": "{folder} chưa có chỉ mục.",
    "Make one: khobao index": "Hãy lập chỉ mục (khobao index).",
    "Make it anew beside the old one: khobao index --rebuild": (
        "Hãy dựng lại toàn bộ bên cạnh bản cũ (khobao index --rebuild)."
    ),
    "Make it anew from the articles: khobao index --rebuild": (
        "Hãy dựng lại toàn bộ từ các bài (khobao index --rebuild)."
    ),
    "Make the last whole build live again: khobao rollback": "Hãy quay lại bản nguyên vẹn gần nhất (khobao rollback).",
    "Go back to build {name}, which is whole: khobao rollback": (
        "Hãy quay lại bản {name}, bản ấy còn nguyên vẹn (khobao rollback)."
    ),
    "The index has {reason} {found}; this program reads {expected}.": (
        "Chỉ mục có {reason} {found}; chương trình này đọc {expected}."
    ),
    "the engine": "bộ máy",
    "format version": "định dạng số",
    "analysis version": "cách phân tích số",
    "a file ({name}) of version": "tệp {name} theo định dạng số",
}

_DAMAGE = {
    "The index is damaged: {reason}.": "Chỉ mục đã hỏng: {reason}.",
    "{path} does not say which build is live": "{path} không cho biết đang dùng bản nào",
    "{path} names the build {name}, which is not there": "{path} ghi bản {name}, mà bản ấy không có",
    "the index holds {found} articles, its manifest says {told}": "chỉ mục có {found} bài, mà bản kê ghi {told}",
    "the new build holds {found} articles instead of {expected}": "bản mới có {found} bài, lẽ ra phải có {expected}",
    "{path} does not belong to the index": "{path} không thuộc về chỉ mục",
    "{path} has been altered (its checksum differs)": "{path} đã bị đổi (sai số kiểm)",
    "{path} has been altered (its directory)": "{path} đã bị đổi (ở phần mục lục)",
    "{path} has been altered (block {number})": "{path} đã bị đổi (ở khối {number})",
    "{path} has been altered (article {number}: {error})": "{path} đã bị đổi (ở bài thứ {number}: {error})",
    "{path} has been altered (article {number} is '{id}')": "{path} đã bị đổi (bài thứ {number} là “{id}”)",
    "{path} has been altered ({error})": "{path} đã bị đổi ({error})",
    "{path} has been cut short": "{path} bị cụt",
    "{path} has {found} bytes instead of {expected}": "{path} có {found} byte, lẽ ra phải có {expected}",
    "{path} does not begin as an index file does": "{path} không mở đầu như tệp chỉ mục",
    "{path} holds {found} instead of {expected}": "{path} chứa {found}, lẽ ra phải chứa {expected}",
    "{path} is missing": "thiếu {path}",
    "{path} is not there": "không có {path}",
    "{path} is not a manifest": "{path} không phải bản kê",
    "{path} is not a table of sources": "{path} không phải bảng kê tệp nguồn",
    "{path} is not a table of problems": "{path} không phải bảng kê chỗ cần sửa",
    "{path} is not a table of copies": "{path} không phải bảng kê bài trùng",
    "{path} is not a table of corrections": "{path} không phải bảng kê phần sửa",
    "{folder} holds segments of another writer ({id})": "{folder} có những phần do chương trình khác ghi ({id})",
    "{folder} cannot be opened ({kind}: {error})": "không mở được {folder} ({kind}: {error})",
    "{path} cannot be read ({reason})": "không đọc được {path} ({reason})",
    "{path} cannot be read ({error})": "không đọc được {path} ({error})",
    "Give the user who runs this command the right to read {folder} and all below. If it has it: the disk fails; see"
    " the system's log, then: khobao check": (
        "Hãy cho người chạy chương trình quyền đọc {folder} và mọi thứ bên dưới. Nếu đã có quyền thì đĩa hỏng: hãy xem"
        " nhật ký hệ thống, rồi chạy khobao check."
    ),
}

_LISTS = {
    "{path}: cannot be read: {reason}.": "{path}: không đọc được: {reason}.",
    "{path}: cannot be written: {reason}; nothing was changed.": "{path}: không ghi được: {reason}; chưa đổi gì.",
    "Mend the file, or name another: {setting}.": "Hãy sửa tệp ấy, hoặc nêu tệp khác ở thiết lập {setting}.",
    "Make its folder writable, or name another file: {setting}.": (
        "Hãy cho quyền ghi vào thư mục của nó, hoặc nêu tệp khác ở thiết lập {setting}."
    ),
}

INDEX: Mapping[str, str] = {**_RUNS, **_BUILDS, **_DAMAGE, **_LISTS}
