"""What imports record in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "imports.start": Text("开始导入", "Import started"),
    },
    fields={
        "importer": Text("导入内容", "What is imported"),
        "rows": Text("行数", "Rows"),
        "file": Text("文件", "File"),
    },
)
