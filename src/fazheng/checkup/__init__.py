"""报告体检: reads any report as a careful official would. A text, the catalogue and `law/style/` give findings."""
