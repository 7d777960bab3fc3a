"""What is said of the machine: refused writes, in the system's own words and in ours, and what is not installed."""

from __future__ import annotations

from collections.abc import Mapping

_WRITES = {
    "{path} cannot be written: {reason}; the index goes on as it was.": (
        "Không ghi được {path}: {reason}; chỉ mục cũ vẫn dùng như trước."
    ),
    "{reason} ({free} MB free, up to {needed} MB needed)": "{reason} (còn trống {free} MB, cần đến {needed} MB)",
    "Free {size} MB on the disk of {folder}, then run the same command again.": (
        "Hãy dọn lấy {size} MB trên đĩa có {folder}, rồi chạy lại."
    ),
    "Give the user who runs this command the right to write in {folder} and all below, then run it again.": (
        "Hãy cho người chạy chương trình quyền ghi vào {folder} và mọi thứ bên dưới, rồi chạy lại."
    ),
    "Mount the disk of {folder} so that it can be written, or name another folder with --index.": (
        "Hãy gắn đĩa có {folder} sao cho ghi được, hoặc nêu thư mục khác bằng --index."
    ),
    "The disk of {folder} fails: see the system's log, and move the folder to another disk.": (
        "Đĩa có {folder} bị hỏng: hãy xem nhật ký hệ thống, và chuyển thư mục sang đĩa khác."
    ),
    "Build {name} is live, but {folder} fails: {reason}; a power cut may bring back the build before.": (
        "Đã dùng bản {name}, nhưng {folder} bị lỗi: {reason}; mất điện thì có thể trở lại bản trước."
    ),
    "The build {name} was not made live: by now {live} is.": "Chưa dùng bản {name}: lúc này đang dùng bản {live}.",
    "The OpenSearch cluster at {where} does not answer ({reason}).": (
        "Cụm máy OpenSearch ở {where} không trả lời ({reason})."
    ),
    "Look whether the cluster runs and can be reached from here, then try again.": (
        "Hãy xem cụm máy có chạy và nối được từ đây không, rồi thử lại."
    ),
    "Run the same command again: it begins with the build that is live now.": (
        "Hãy chạy lại: lần chạy mới bắt đầu từ bản đang dùng."
    ),
    "See the system's log, and move the folder to another disk.": (
        "Hãy xem nhật ký hệ thống, và chuyển thư mục sang đĩa khác."
    ),
    "{path}: {count} reports of readers wait.": "{path}: có {count} báo lỗi của bạn đọc chờ xem.",
    "See them: khobao problems --kind reader-report": "Xem bằng lệnh: khobao problems --kind reader-report",
}

_REFUSALS = {
    "No space left on device": "đĩa đầy",
    "Disk quota exceeded": "hết phần đĩa được cấp",
    "Input/output error": "đĩa hỏng",
    "Read-only file system": "đĩa chỉ cho đọc",
    "Permission denied": "không có quyền",
    "Operation not permitted": "không được phép",
    "No such file or directory": "không có tệp hay thư mục này",
    "Not a directory": "không phải thư mục",
    "Is a directory": "là thư mục",
    "File exists": "đã có tệp này",
    "File name too long": "tên tệp dài quá",
    "Too many open files": "mở nhiều tệp quá",
    "Too many levels of symbolic links": "liên kết dẫn vòng tròn",
    "Invalid argument": "đĩa không nhận lệnh này",
    "Cannot allocate memory": "hết bộ nhớ",
    "Stale file handle": "thư mục trên mạng đã đổi",
    "[Errno {number}] {reason}: '{path}' -> '{other}'": "Hệ thống báo: {reason} (Errno {number}): {path} → {other}",
    "[Errno {number}] {reason}: '{path}'": "Hệ thống báo: {reason} (Errno {number}): {path}",
    '[Errno {number}] {reason}: "{path}"': "Hệ thống báo: {reason} (Errno {number}): {path}",
    "[Errno {number}] {reason}": "Hệ thống báo: {reason} (Errno {number})",
}
"""What the system says itself, as Python hands it on."""

_PROGRAM = {
    "KeyboardInterrupt": "Có người dừng lệnh.",
    "MemoryError": "Hết bộ nhớ.",
    "pyvi is not installed.": "Chưa cài pyvi.",
    "Install it: pip install pyvi==0.1.1": "Hãy cài: pip install pyvi==0.1.1",
    "Install the known version again: pip install --force-reinstall pyvi==0.1.1": (
        "Hãy cài lại đúng bản: pip install --force-reinstall pyvi==0.1.1"
    ),
    "{path} cannot be read: {reason}.": "Không đọc được {path}: {reason}.",
    "{path} is not the file this program was tested with.": "{path} không phải tệp mà chương trình đã được thử cùng.",
    "The segmentation model has an unknown format.": "Mô hình tách từ có định dạng lạ.",
    "The segmentation model has unknown labels.": "Mô hình tách từ có nhãn lạ.",
    "The segmentation model has an unknown string table.": "Mô hình tách từ có bảng chữ lạ.",
}

SYSTEM: Mapping[str, str] = {**_WRITES, **_REFUSALS, **_PROGRAM}
