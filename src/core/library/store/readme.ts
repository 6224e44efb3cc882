/**
 * The text of `README.txt` in a library. The text tells a person who does not have the program what the library is, and
 * how to read and verify it.
 */
export const readmeText = `KHO BẢN TIN
===========
Thư mục này là một kho của chương trình Bản Tin: các bản tin đã lưu về từ các cổng thông tin, hoặc nhập từ tệp.
Không cần chương trình cũng đọc được:
- bulletins/NĂM/THÁNG/… : mỗi thư mục là một bản tin. Mở tệp index.html trong đó bằng trình duyệt.
- files/ trong mỗi thư mục: các tệp nhận được, giữ nguyên từng byte. captures/: nhận lúc nào, từ đâu.
- revisions/: từng lần lưu của phần chữ. status.json: dấu đọc, dấu sao, nhãn của người đọc.
Kiểm tra một bản tin còn nguyên vẹn: vào thư mục của bản tin, chạy lệnh
    sha256sum -c manifest-sha256.txt
trash/ là thùng rác; tombstones/ ghi những bản tin đã xóa hẳn; log/ ghi việc đã làm và các lần kiểm tra.
index.sqlite chỉ là bảng tra cứu, xóa đi chương trình sẽ tự dựng lại. damaged/ giữ các bản tin bị hỏng, không tự xóa.
Khi chương trình đang mở, đừng sửa các tệp trong kho.

A LIBRARY OF BULLETINS
======================
This folder is a library of the program Bản Tin: bulletins saved from public portals or imported from files.
You can read it without the program:
- bulletins/YEAR/MONTH/…: one folder per bulletin. Open its index.html in a browser.
- files/ in each folder: every file as received, byte for byte. captures/: when and from where.
- revisions/: each version of the text. status.json: what the reader marked.
To check that a bulletin is intact, run in its folder
    sha256sum -c manifest-sha256.txt
trash/ is the trash; tombstones/ names what was deleted for good; log/ tells what was done and checked.
index.sqlite is only a lookup table; the program rebuilds it when deleted. damaged/ keeps damaged bulletins.
Do not change files here while the program is open.
`
