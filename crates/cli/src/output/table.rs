//! Tables: plain columns under a line, as wide as the terminal at most.

use super::rows::Rows;
use crate::terminal;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Row, TableStyle};
use std::fmt;

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table.
pub(crate) struct Table {
    table: comfy_table::Table,
}

impl Table {
    /// An empty table with these columns.
    pub(crate) fn new<T: Into<String>>(columns: impl IntoIterator<Item = T>) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(STYLE);
        table.set_truncation_indicator("…");
        table.set_header(columns.into_iter().map(|name| name.into().replace('_', " ")));
        // What is not shown on a terminal is whole.
        match terminal::width() {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        table.column_iter_mut().for_each(|column| {
            column.set_padding((0, 2));
        });
        Self { table }
    }

    /// The table of these rows.
    pub(crate) fn of(rows: Rows) -> Self {
        let Rows { columns, cells } = rows;
        let width = columns.len();
        let mut table = Self::new(columns);
        let to_the_right = |at: usize| cells.iter().any(|row| row[at].to_the_right);
        let right: Vec<usize> = (0..width).filter(|at| to_the_right(*at)).collect();
        for row in cells {
            table.row(row.into_iter().map(|cell| cell.text));
        }
        right.into_iter().for_each(|at| table.right(at));
        table
    }

    /// Adds a row; a cell that is too wide is cut.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut row = Row::from(cells);
        row.max_height(1);
        self.table.add_row(row);
    }

    /// Aligns a column to the right.
    pub(crate) fn right(&mut self, column: usize) {
        if let Some(column) = self.table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.table.lines().map(|line| line.trim_end().to_owned()).collect();
        f.write_str(&lines.join("\n"))
    }
}
