"""DMN models: read from XML of DMN 1.1 to 1.5, evaluated, and tables written back as XML."""

from shuniu.core.feel.dmn.read import read_model
from shuniu.core.feel.dmn.run import Model
from shuniu.core.feel.dmn.write import read_table, write_table

__all__ = ["Model", "read_model", "read_table", "write_table"]
