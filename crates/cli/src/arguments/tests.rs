use super::*;
use clap::Command;
use serde_json::json;

fn field(name: &str, shape: Type) -> Field {
    Field { name: name.to_owned(), about: "What it is.".to_owned(), shape, required: false, clearable: false }
}

fn parameters() -> Parameters {
    let named = |name: &str| Type::Named(name.to_owned());
    let record = |fields| Definition::Record { about: String::new(), fields, input: true };
    let words = ["RED", "GREEN"].map(|word| (word.to_owned(), String::new())).into();
    Parameters {
        fields: vec![
            Field { required: true, ..field("slug", Type::Text) },
            field("limit", Type::Integer),
            field("all", Type::Boolean),
            field("numbers", Type::List(Box::new(Type::PhoneNumber))),
            Field { clearable: true, ..field("connection_id", Type::Id) },
            field("colour", named("Colour")),
            field("files", Type::List(Box::new(named("File")))),
            field("sms", named("Sms")),
        ],
        types: BTreeMap::from([
            ("Colour".to_owned(), Definition::Words { about: String::new(), words, open: true }),
            ("File".to_owned(), record(vec![field("name", Type::Text)])),
            ("Sms".to_owned(), record(vec![field("service_plan_id", Type::Id)])),
        ]),
    }
}

fn given(arguments: &[&str]) -> Result<Value, String> {
    let parameters = parameters();
    let command = Command::new("test").arg(Arg::new(PARAMS).long(PARAMS)).args(options(&parameters, &["all"]));
    let matches = command.try_get_matches_from(std::iter::once(&"test").chain(arguments));
    let matches = matches.map_err(|error| error.to_string())?;
    read(&parameters, &matches).map(Value::Object).map_err(|_| "not read".to_owned())
}

#[test]
fn options_become_json_of_the_right_types() {
    let arguments = ["--slug", "007", "--limit", "7", "--numbers", "+1,+2", "--numbers=+3"];
    assert_eq!(given(&arguments), Ok(json!({ "slug": "007", "limit": 7, "numbers": ["+1", "+2", "+3"] })));
    assert!(given(&["--slug", "x", "--limit", "seven"]).unwrap_err().contains("not a whole number"));
}

#[test]
fn what_is_required_is_asked_for_unless_the_whole_input_is_given() {
    assert!(given(&[]).unwrap_err().contains("--slug"));
    assert_eq!(given(&["--params", r#"{"slug":"a","limit":1}"#, "--limit=2"]), Ok(json!({ "slug": "a", "limit": 2 })));
}

#[test]
fn a_value_can_be_taken_away() {
    assert_eq!(given(&["--slug=a", "--clear-connection-id"]), Ok(json!({ "slug": "a", "connection_id": null })));
}

#[test]
fn members_of_objects_have_dotted_options_that_go_before_its_json() {
    let arguments = ["--slug=a", "--sms", r#"{"x":1}"#, "--sms.service-plan-id", "b"];
    assert_eq!(given(&arguments), Ok(json!({ "slug": "a", "sms": { "x": 1, "service_plan_id": "b" } })));
}

#[test]
fn a_parameter_named_like_an_option_of_every_operation_is_still_reachable() {
    assert_eq!(given(&["--slug=a", "--param-all"]), Ok(json!({ "slug": "a", "all": true })));
    assert_eq!(given(&["--slug=a", "--param-all=false"]), Ok(json!({ "slug": "a", "all": false })));
}

#[test]
fn known_words_are_in_the_help_and_others_pass() {
    let parameters = parameters();
    assert_eq!(help(&parameters, &parameters.fields[5]), "What it is. [RED, GREEN]");
    assert_eq!(given(&["--slug=a", "--colour", "MAUVE"]), Ok(json!({ "slug": "a", "colour": "MAUVE" })));
}

#[test]
fn lists_of_objects_are_lists_of_json_texts() {
    let arguments = ["--slug=a", "--files", r#"{"name":"a,b"}"#, "--files", r#"{"name":"c"}"#];
    assert_eq!(given(&arguments), Ok(json!({ "slug": "a", "files": [{ "name": "a,b" }, { "name": "c" }] })));
    assert!(given(&["--slug=a", "--files", "a"]).unwrap_err().contains("not JSON"));
}
