"""What is said of corrections: of the files they stand in, of what stands in them, and of writing one."""

from __future__ import annotations

from collections.abc import Mapping

CORRECTIONS: Mapping[str, str] = {
    "holds corrections of articles, and no article": "chứa phần sửa của các bài, không chứa bài nào",
    "is larger than {size} MB; is it a file of corrections?": (
        "lớn hơn {size} MB; đây có đúng là tệp ghi phần sửa không?"
    ),
    "corrects '{id}', which the archive does not hold; check the id, or take the entry out": (
        "sửa bài “{id}” mà kho không có; hãy xem lại mã bài, hoặc bỏ mục này đi"
    ),
    "the correction of '{id}' {reason}": "phần sửa của bài “{id}” {reason}",
    "has a key with dots without number; take it out": "có khóa với vô số dấu chấm; hãy bỏ đi",
    "{count} more entries cannot be read; is it a file of corrections?": (
        "còn {count} mục nữa không đọc được; đây có đúng là tệp ghi phần sửa không?"
    ),
    "'{id}' comes twice; put its corrections together": "bài “{id}” có hai mục; hãy gộp các phần sửa của bài lại",
    "is not TOML ({error}); mend the line": "không phải TOML ({error}); hãy sửa dòng này",
    "is not TOML ({error})": "không phải TOML ({error})",
    "is written in a way that this program cannot change; do it in a text editor": (
        "viết theo lối mà chương trình không sửa được; hãy sửa bằng trình soạn thảo"
    ),
    "is no table; begin it with the id of the article in brackets and quotes": (
        "không phải là một mục; hãy mở đầu bằng mã bài để trong ngoặc vuông và ngoặc kép"
    ),
    "has '{name}', which is none of: {known} (an id with a dot needs quotes)": (
        "có “{name}”, mà chỉ được ghi: {known} (mã bài có dấu chấm thì phải để trong ngoặc kép)"
    ),
    "has '{date}' for a date; write 1/7/2020, the day first": (
        "ghi ngày là “{date}”; hãy viết như 1/7/2020, ngày trước tháng"
    ),
    "has an author without a name; write authors = [] where there is none": (
        "có tác giả không tên; nếu bài không có tác giả thì viết authors = []"
    ),
    "has a caption without words; write captions = [] where there is none": (
        "có chú thích không chữ; nếu bài không có chú thích thì viết captions = []"
    ),
    'has {field} that are no list of texts; write {name} = ["...", "..."]': (
        'có {field} không phải danh sách chữ; hãy viết {name} = ["...", "..."]'
    ),
    "accepts a problem there is not ({error}); known are: {known}": (
        "nhận là đúng một chỗ không có tên như thế ({error}); chỉ có: {known}"
    ),
    "cannot be shown undone, since {source} does not hold the article any more": (
        "không xem thử lúc bỏ đi được, vì {source} không còn chứa bài ấy"
    ),
    "The correction of '{id}' {reason}; nothing was changed.": "Phần sửa của bài “{id}” {reason}; chưa đổi gì.",
    "{path} has no correction of '{id}'; nothing was changed.": (
        "{path} không có phần sửa nào của bài “{id}”; chưa đổi gì."
    ),
    "{place}: {reason}; nothing was changed.": "{place}: {reason}; chưa đổi gì.",
    "Mend the file, then try again.": "Hãy sửa tệp ấy rồi làm lại.",
    "Corrections stand beside the articles: make the folder writable for this user, or write the entry as one who"
    " may.": (
        "Phần sửa nằm cạnh các bài: hãy cho người chạy chương trình quyền ghi vào thư mục, hoặc nhờ người có quyền ghi."
    ),
}
