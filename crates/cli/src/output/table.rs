//! Tables: plain columns under a line, as wide as the terminal at most.

use super::rows::Rows;
use crate::terminal;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, TableStyle, Width};
use std::fmt;

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table.
pub(crate) struct Table {
    table: comfy_table::Table,
    left_out: Vec<String>,
}

/// Between columns: one that belongs to the column, and one that stands for the line between.
const GAP: u16 = 2;
const PADDING: u16 = 1;
/// A cell that is wider than this is prose or a URL, and may be cut; ids are not: an account's name and a UUID.
const WIDE: usize = 48;
/// What is left of a cell that is cut.
const CUT: usize = 16;

/// The width that a column needs: its cells, unless they may be cut, and the longest word of its name.
fn needs<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> u16 {
    let widest = cells.map(|text| text.chars().count()).max().unwrap_or_default();
    let widest = if widest > WIDE { CUT } else { widest };
    let word = name.split('_').map(|word| word.chars().count()).max().unwrap_or_default();
    u16::try_from(widest.max(word)).unwrap_or(u16::MAX).saturating_add(GAP)
}

/// How many columns have a place; the first always has.
fn fitting(needs: &[u16], width: Option<u16>) -> usize {
    let Some(width) = width else { return needs.len() };
    let mut used = 0_u16;
    let fits = |need: &&u16| {
        used = used.saturating_add(**need);
        // Behind the last one there is no line.
        used <= width.saturating_add(1)
    };
    needs.iter().take_while(fits).count().max(1).min(needs.len())
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
            column.set_padding((0, PADDING));
        });
        Self { table, left_out: Vec::new() }
    }

    /// The table of these rows. Columns that the terminal has no place for are left out, from the right, and named below.
    pub(crate) fn of(rows: Rows) -> Self {
        let Rows { mut columns, mut cells } = rows;
        let needs = (0..columns.len()).map(|at| needs(&columns[at], cells.iter().map(|row| row[at].text.as_str())));
        let needs: Vec<u16> = needs.collect();
        let fitting = fitting(&needs, terminal::width());
        let left_out = columns.split_off(fitting);
        let to_the_right = |at: &usize| cells.iter().any(|row| row[*at].to_the_right);
        let right: Vec<usize> = (0..fitting).filter(to_the_right).collect();
        let mut table = Self::new(columns);
        for row in &mut cells {
            row.truncate(fitting);
            table.row(row.drain(..).map(|cell| cell.text));
        }
        for (column, need) in table.table.column_iter_mut().zip(needs) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(need - PADDING)));
        }
        right.into_iter().for_each(|at| table.right(at));
        table.left_out = left_out;
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
        f.write_str(&lines.join("\n"))?;
        if self.left_out.is_empty() {
            return Ok(());
        }
        write!(
            f,
            "\n… and {}, for which there is no place here: --json shows all",
            self.left_out.join(", ").replace('_', " ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_left_out_rather_than_numbers_cut() {
        assert_eq!(needs("phone_number", ["+15125550100"].into_iter()), 14);
        assert_eq!(needs("notes", ["a".repeat(90).as_str()].into_iter()), 18);
        assert_eq!(fitting(&[14, 10, 10], Some(30)), 2);
        assert_eq!(fitting(&[90], Some(30)), 1);
        assert_eq!(fitting(&[14, 90], None), 2);
    }
}
