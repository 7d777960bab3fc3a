"""What is said of source files: why one, or a part of one, is rejected, and what is remarked. Ends of sentences."""

from __future__ import annotations

from collections.abc import Mapping

_ANY_FILE = {
    "is empty; put an article into it or remove it": "rỗng; hãy viết bài vào, hoặc bỏ tệp này đi",
    "is larger than {size} MB; raise max_source_mb if it is one article": (
        "lớn hơn {size} MB; nếu đúng là một bài thì hãy tăng max_source_mb"
    ),
    "is not UTF-8 text; save the file as UTF-8": "không phải văn bản UTF-8; hãy lưu lại tệp bằng UTF-8",
    "the file breaks off here ({error}); copy it again": "tệp bị đứt ở đây ({error}); hãy chép lại",
    "holds no articles; add some or remove the file": "không có bài nào; hãy thêm bài, hoặc bỏ tệp này đi",
    "made its reader fail ({kind}: {error}); please report it with the file": (
        "làm hỏng bộ đọc ({kind}: {error}); xin báo lại cho người viết chương trình, kèm tệp này"
    ),
    "{reason}, and so are {count} more articles": "{reason}, và {count} bài nữa cũng vậy",
    "was changed while it was being read; index it once more": "đã đổi trong lúc được đọc; hãy lập chỉ mục lần nữa",
    "the id '{id}' belongs to {owner} already; give one of the two another": (
        "mã bài “{id}” đã thuộc về {owner}; hãy cho một trong hai bài mã khác"
    ),
}

_CHARSETS = {
    "is in {names}": "viết bằng bảng mã {names}",
    "is in {names}; characters lost: {count}": "viết bằng bảng mã {names}; số chữ bị mất: {count}",
    "is in UTF-16 without its byte order mark": "viết bằng UTF-16, thiếu dấu BOM ở đầu tệp",
    "is garbled, and was mended: {names}": "vỡ chữ vì bị đọc nhầm bảng mã, đã được chữa: {names}",
    "is garbled in part, and was mended: {names}": "có đoạn vỡ chữ vì bị đọc nhầm bảng mã, đã được chữa: {names}",
    "is in no character set we can tell; save the file as UTF-8": (
        "dùng bảng mã chưa nhận ra được; hãy lưu lại tệp bằng UTF-8"
    ),
    "was read as {name}, as the page says": "được đọc theo bảng mã {name} mà trang tự khai",
    "was read as {name}, as the page says; {count} characters of it are none there": (
        "được đọc theo bảng mã {name} mà trang tự khai; có {count} chữ không thuộc bảng mã ấy"
    ),
}

_ARTICLE = {
    "has no title; add one": "không có tiêu đề; hãy thêm tiêu đề",
    "begins with {count} characters where a title of at most {most} belongs; put the title first, on a line of"
    " its own": (
        "mở đầu bằng {count} chữ cái, mà tiêu đề dài nhiều nhất {most}; hãy để tiêu đề lên đầu, trên một dòng riêng"
    ),
    "has no text below the title; add it": "không có chữ nào dưới tiêu đề; hãy thêm bài vào",
    "has neither title nor text; add them or remove the file": (
        "không có tiêu đề, cũng không có bài; hãy thêm vào, hoặc bỏ tệp này đi"
    ),
    "has a title but no text; give it a lead or a body": "có tiêu đề mà không có bài; hãy thêm sa-pô hoặc thân bài",
}

_FORMATS = {
    "format not supported; the names of article files end with {endings}": (
        "chưa đọc được định dạng này; tên tệp bài phải kết thúc bằng {endings}"
    ),
    "format not supported: {reason}": "chưa đọc được định dạng này: {reason}",
    "an old Word file; save it as .docx": "tệp Word đời cũ; hãy lưu lại thành .docx",
    "a rich text file; save it as .docx": "tệp rich text; hãy lưu lại thành .docx",
    "an OpenDocument file; save it as .docx": "tệp OpenDocument; hãy lưu lại thành .docx",
    "a Works file; save it as .docx": "tệp Works; hãy lưu lại thành .docx",
    "a PDF; save its text as .txt or .docx": "tệp PDF; hãy lưu phần chữ thành .txt hoặc .docx",
    "an old Excel table; save it as .csv (UTF-8)": "bảng Excel đời cũ; hãy lưu lại thành .csv (UTF-8)",
    "an Excel table; save it as .csv (UTF-8)": "bảng Excel; hãy lưu lại thành .csv (UTF-8)",
    "an OpenDocument table; save it as .csv (UTF-8)": "bảng OpenDocument; hãy lưu lại thành .csv (UTF-8)",
    "packed as RAR; pack it as .zip": "nén kiểu RAR; hãy nén thành .zip",
    "packed as 7z; pack it as .zip": "nén kiểu 7z; hãy nén thành .zip",
    "packed as tar; pack it as .zip": "nén kiểu tar; hãy nén thành .zip",
}

_WORD = {
    "is locked by a password, or an old Word file under a new name; save it as .docx without one": (
        "bị khóa bằng mật khẩu, hoặc là tệp Word đời cũ mang tên mới; hãy lưu lại thành .docx không có mật khẩu"
    ),
    "would become too large when unpacked; take its pictures out, or raise max_source_mb": (
        "mở ra thì lớn quá; hãy bỏ bớt ảnh, hoặc tăng max_source_mb"
    ),
    "is no Word file, or a damaged one ({error}); save it again as .docx": (
        "không phải tệp Word, hoặc đã hỏng ({error}); hãy lưu lại thành .docx"
    ),
}

_PAGES = {
    "is a web page without an article; save the page of the article itself": (
        "là trang web không có bài; hãy lưu đúng trang của bài"
    ),
    "is no web page; save it again from the browser": "không phải trang web; hãy lưu lại từ trình duyệt",
    "holds no web page; save it again from the browser": "không chứa trang web nào; hãy lưu lại từ trình duyệt",
    "is nested too deeply": "lồng vào nhau quá sâu",
    "is in no character set we know; open it in a browser and save it as UTF-8": (
        "dùng bảng mã chưa nhận ra được; hãy mở bằng trình duyệt rồi lưu lại bằng UTF-8"
    ),
}

_TABLES = {
    "is not JSON ({error}); mend the line": "không phải JSON ({error}); hãy sửa dòng này",
    "is nested too deeply; an article is a flat object": "lồng vào nhau quá sâu; mỗi bài là một đối tượng phẳng",
    "is JSON, but no object with title and body": "là JSON, nhưng không phải đối tượng có title và body",
    "has more than {size} MB in one line; put one article on a line": (
        "có hơn {size} MB trên một dòng; hãy để mỗi bài một dòng"
    ),
    "{count} bad lines in a row, so the rest was not read": (
        "{count} dòng hỏng liền nhau, nên phần còn lại không được đọc"
    ),
    "has a {field} that is not text; put it in quotes": "có {field} không phải là chữ; hãy để trong ngoặc kép",
    "has {field} that are neither text nor a list of texts; mend the line": (
        "có {field} không phải là chữ, cũng không phải danh sách chữ; hãy sửa dòng này"
    ),
    "has more than {size} MB in one row; is a quote never closed?": (
        "có hơn {size} MB trên một hàng; có dấu ngoặc kép nào chưa đóng chăng?"
    ),
    "has {count} fields where the header has {columns}; put a field that holds separators, quotes or line ends into"
    " quotes": (
        "có {count} ô, mà dòng đầu có {columns}; ô chứa dấu ngăn, ngoặc kép hay xuống dòng thì hãy để trong ngoặc kép"
    ),
    "has no first line that names the columns title and body; add it, or say in the setting columns what they are"
    " called": (
        "không có dòng đầu ghi tên cột title và body; hãy thêm vào, hoặc ghi tên các cột ấy trong thiết lập columns"
    ),
    "has two columns called {name}; rename one of them": "có hai cột cùng tên {name}; hãy đổi tên một cột",
    "is no row of a table ({error}); double the quotes inside a field, and close it": (
        "không phải một hàng của bảng ({error}); dấu ngoặc kép trong ô hãy viết hai lần, rồi đóng ô lại"
    ),
}

_ZIPS = {
    "is no zip, or cut off; copy it again": "không phải tệp zip, hoặc bị đứt; hãy chép lại",
    "is no zip, or a damaged one ({error}); pack it again": "không phải tệp zip, hoặc đã hỏng ({error}); hãy nén lại",
    "has entries that overlap, as no honest zip has; it was not read": (
        "có những phần chồng lên nhau, không tệp zip đàng hoàng nào như thế; nên không được đọc"
    ),
    "is encrypted; pack it without a password": "bị khóa bằng mật khẩu; hãy nén lại không có mật khẩu",
    "is packed by a method we do not unpack; pack it as a usual zip (deflate)": (
        "nén theo cách chưa mở được; hãy nén thành zip thường (deflate)"
    ),
    "would become over {ratio} times as large, as no article does; it was not unpacked": (
        "mở ra thì lớn gấp hơn {ratio} lần, không bài nào như thế; nên không được mở"
    ),
    "holds more than {count} files; pack them into several zips": "có hơn {count} tệp; hãy chia ra nhiều tệp zip",
    "has a name that leads out of the zip; pack it again": "có tên dẫn ra ngoài tệp zip; hãy nén lại",
    "is a link; pack the file it leads to": "là liên kết; hãy nén chính tệp mà nó dẫn đến",
    "is a zip in a zip; unpack the outer one": "là zip trong zip; hãy mở tệp zip ngoài ra",
}

_FOLDERS = {
    "is not there any more, or is a link to nothing; put it back or remove the link": (
        "không còn ở đó, hoặc là liên kết không dẫn đến đâu; hãy đưa lại, hoặc bỏ liên kết đi"
    ),
    "may not be read by this user; change its permissions": "người chạy lệnh không có quyền đọc; hãy đổi quyền của nó",
    "cannot be read ({reason}); check the file and the disk": "không đọc được ({reason}); hãy xem lại tệp và đĩa",
    "is a folder": "là thư mục",
    "it is a pipe or a device": "là ống dẫn hoặc thiết bị",
    "is a folder with the name of an article file; rename it to have it read": (
        "là thư mục mang tên của tệp bài; hãy đổi tên để được đọc"
    ),
    "is a link to a folder that is read anyway; remove the link": (
        "là liên kết đến thư mục đằng nào cũng được đọc; hãy bỏ liên kết đi"
    ),
    "has a name that is not UTF-8; rename it": "có tên không viết bằng UTF-8; hãy đổi tên",
}

SOURCES: Mapping[str, str] = {
    **_ANY_FILE,
    **_CHARSETS,
    **_ARTICLE,
    **_FORMATS,
    **_WORD,
    **_PAGES,
    **_TABLES,
    **_ZIPS,
    **_FOLDERS,
}
