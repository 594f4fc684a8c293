//! Prints what users are promised, for the suites of other hosts: `cargo run -q -p trunkline-tests --example promises >
//! tests/promises.json`.

fn main() {
    print!("{}", trunkline_tests::promises::table());
}
