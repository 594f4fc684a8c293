//! Makes rows with columns out of a list of objects.

use super::cell::{self, Cell};
use super::value::Value;

/// Columns in the order of first appearance, and rows with a cell for each.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Rows {
    pub(crate) columns: Vec<String>,
    pub(crate) cells: Vec<Vec<Cell>>,
}

/// Members of objects become columns of their own; of a row that holds a list of objects, each of these becomes a row.
/// Columns in which nothing stands are left out.
pub(crate) fn of(items: &[Value]) -> Rows {
    let mut rows = Rows::default();
    for item in items {
        for line in lines(item) {
            rows.add(line);
        }
    }
    rows.drop_empty_columns();
    rows
}

type Line = Vec<(String, Cell)>;

fn lines(item: &Value) -> Vec<Line> {
    let mut line = Vec::new();
    let mut lists = Vec::new();
    flatten(item, "", &mut line, &mut lists);
    let [(_, inner)] = lists.as_slice() else {
        // Several lists cannot be multiplied: their lengths have to do.
        line.extend(lists.iter().map(|(name, inner)| (name.clone(), count(inner))));
        return vec![line];
    };
    let unfolded = inner.iter().flat_map(lines).map(|inner| {
        let mut whole = line.clone();
        for (name, cell) in inner {
            whole.push((if line.iter().any(|(known, _)| *known == name) { format!("{name} ") } else { name }, cell));
        }
        whole
    });
    unfolded.collect()
}

fn flatten<'a>(value: &'a Value, name: &str, line: &mut Line, lists: &mut Vec<(String, &'a [Value])>) {
    if let Some(cell) = cell::of(value) {
        line.push((name.to_owned(), cell));
    } else if let Some(rows) = value.as_rows() {
        lists.push((name.to_owned(), rows));
    } else if let Value::Fields(fields) = value {
        for (field, value) in fields {
            let path = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
            flatten(value, &path, line, lists);
        }
    } else if let Value::List(items) = value {
        line.push((name.to_owned(), count(items)));
    }
}

fn count(items: &[Value]) -> Cell {
    Cell { text: format!("{} in all", items.len()), to_the_right: false }
}

impl Rows {
    /// Rows whose columns are known. Those in which nothing stands are left out.
    pub(crate) fn with(columns: &[&str], cells: Vec<Vec<Cell>>) -> Self {
        let mut rows = Self { columns: columns.iter().map(|&name| name.to_owned()).collect(), cells };
        rows.drop_empty_columns();
        rows
    }

    fn add(&mut self, line: Line) {
        let mut row = vec![Cell::default(); self.columns.len()];
        for (name, cell) in line {
            match self.columns.iter().position(|column| *column == name) {
                Some(at) => row[at] = cell,
                None => {
                    self.columns.push(name);
                    self.cells.iter_mut().for_each(|row| row.push(Cell::default()));
                    row.push(cell);
                }
            }
        }
        self.cells.push(row);
    }

    fn drop_empty_columns(&mut self) {
        let filled = |at: usize| self.cells.iter().any(|row| !row[at].text.is_empty());
        let keep: Vec<bool> = (0..self.columns.len()).map(filled).collect();
        let kept = |at: &usize| keep[*at];
        self.columns = (0..keep.len()).filter(kept).map(|at| std::mem::take(&mut self.columns[at])).collect();
        for row in &mut self.cells {
            *row = (0..keep.len()).filter(kept).map(|at| std::mem::take(&mut row[at])).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let value: Value = serde_json::from_str(text).unwrap();
        let rows = of(value.as_rows().unwrap());
        let cells = rows.cells.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect());
        (rows.columns, cells.collect())
    }

    #[test]
    fn members_become_columns_and_empty_columns_go() {
        let (columns, rows) = shown(r#"[{"id":"7","sms":{"plan":"a"},"none":null},{"id":"8","late":true}]"#);
        assert_eq!(columns, ["id", "sms.plan", "late"]);
        assert_eq!(rows, [["7", "a", ""], ["8", "", "yes"]]);
    }

    #[test]
    fn a_list_within_a_row_unfolds_into_rows() {
        let (columns, rows) = shown(r#"[{"country":"US","packages":[{"days":1},{"days":30}]}]"#);
        assert_eq!(columns, ["country", "days"]);
        assert_eq!(rows, [["US", "1"], ["US", "30"]]);
    }
}
