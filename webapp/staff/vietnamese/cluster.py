"""What is said of an index in a cluster."""

from __future__ import annotations

from collections.abc import Mapping

CLUSTER: Mapping[str, str] = {
    "the article {article} in the index {index} cannot be read": "không đọc được bài {article} trong chỉ mục {index}",
    "a part of {file} is missing in the cluster, or was altered there": (
        "một phần của {file} bị thiếu trong cụm máy, hoặc đã bị sửa ở đó"
    ),
    "chunk": "mảnh tệp",
    "it does not take the files of a build: {reason}": "không nhận các tệp của bản: {reason}",
    "{count} chunks are not in {index} though they were sent": "{count} mảnh tệp không có trong {index} dù đã gửi",
    "ssl_error": "lỗi SSL",
    "no secure connection: {reason}": "không nối an toàn được: {reason}",
    "the cluster at {where} has no build {name}": "cụm máy ở {where} không có bản {name}",
    "the build {name} has no manifest in the cluster": "bản {name} không có bảng kê trong cụm máy",
    "the alias {alias} stands for several indexes: {indexes}": "tên {alias} chỉ nhiều chỉ mục: {indexes}",
    "the alias {alias} stands for {index}, which is no build": "tên {alias} chỉ {index}, không phải một bản",
    "the index {index} is not the one that {name} was written into": "chỉ mục {index} không phải nơi đã ghi bản {name}",
    "unallocated": "chưa có chỗ",
    "no node takes shard {shard} of {index}: {reason}": "không máy nào nhận phần {shard} của {index}: {reason}",
    "the cluster at {where} has no index {index}": "cụm máy ở {where} không có chỉ mục {index}",
    "another machine": "máy khác",
    "{path} does not say which index of the cluster this is ({reason})": (
        "{path} không cho biết là chỉ mục nào trong cụm máy ({reason})"
    ),
    "somebody replaced the index {index} while it was written": "có người thay chỉ mục {index} trong lúc đang ghi",
    "The OpenSearch cluster at {where} refuses ({reason}).": "Cụm máy OpenSearch ở {where} từ chối ({reason}).",
    "the index does not take the article '{article}': {reason}": "chỉ mục không nhận bài '{article}': {reason}",
}
