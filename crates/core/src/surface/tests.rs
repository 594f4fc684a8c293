use super::*;
use crate::providers::PROVIDERS;
use crate::registry;

fn of(slug: &str) -> Surface {
    surface(PROVIDERS.iter().find(|entry| entry.facts.slug == slug).expect("a provider").operations).expect("a surface")
}

#[test]
fn every_operation_has_a_signature_with_a_description() {
    for namespace in PROVIDERS.iter().map(Namespace::of).chain([Namespace::unified()]) {
        let surface = surface(namespace.operations).unwrap_or_else(|problem| panic!("{problem}"));
        let described: Vec<&str> =
            surface.operations.iter().filter(|it| !it.about.is_empty()).map(|it| it.id).collect();
        assert_eq!(described, namespace.operations.iter().map(|entry| entry.endpoint.id).collect::<Vec<_>>());
    }
    let (rent, types) = operation(registry::find("rentnumber.rent").unwrap()).unwrap();
    assert_eq!(rent, of("rentnumber").operations[4]);
    assert_eq!(types.keys().collect::<Vec<_>>(), ["Rental", "RentalStatus"]);
}

#[test]
fn a_result_tells_what_may_be_absent_and_a_parameter_what_must_be_given() {
    let surface = of("rentnumber");
    let Definition::Record { fields, input, .. } = &surface.types["Rental"] else { panic!("a record") };
    let seen: Vec<(&str, &Type, bool)> =
        fields.iter().take(3).map(|it| (it.name.as_str(), &it.shape, it.required)).collect();
    let status = Type::Named("RentalStatus".to_owned());
    assert_eq!(
        seen,
        [("rental_id", &Type::Id, true), ("phone_number", &Type::PhoneNumber, false), ("status", &status, true)]
    );
    assert!(!input);
    let pricing_id = &surface.operations[4].parameters[0];
    assert_eq!((pricing_id.name.as_str(), &pricing_id.shape, pricing_id.required), ("pricing_id", &Type::Id, true));
}

#[test]
fn words_that_a_provider_may_add_to_are_open_and_our_own_are_not() {
    let surface = of("vonage");
    let Definition::Words { words, open, .. } = &surface.types["Feature"] else { panic!("words") };
    assert_eq!(
        (words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(), *open),
        (vec!["SMS", "VOICE", "MMS"], true)
    );
    let Definition::Words { words, open, .. } = &surface.types["SearchPattern"] else { panic!("words") };
    assert_eq!(
        (words[0].clone(), *open),
        (("starts_with".to_owned(), "At its start, the country's prefix included.".to_owned()), false)
    );
}

#[test]
fn a_list_with_pages_has_items_and_an_update_has_what_can_be_cleared() {
    let list = of("vonage").operations.into_iter().find(|it| it.id == "vonage.list_numbers").expect("it");
    let item = Type::Named("OwnedNumber".to_owned());
    assert_eq!((list.output, list.item), (Type::Page(Box::new(item.clone())), Some(item)));
    let update = of("sinch").operations.into_iter().find(|it| it.id == "sinch.update_number").expect("it");
    let clearable: Vec<&str> = update.parameters.iter().filter(|it| it.clearable).map(|it| it.name.as_str()).collect();
    assert_eq!(clearable, ["callback_url", "display_name"]);
}
#[test]
fn every_kind_of_error_and_every_delivery_says_what_it_means() {
    let kinds = words_of::<ErrorKind>();
    assert_eq!(kinds.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(), ErrorKind::ALL.map(|it| it.as_str()));
    let described = error_kinds();
    assert_eq!(described.len(), ErrorKind::ALL.len());
    assert!(described.iter().all(|(_, about)| about.ends_with('.')), "{described:?}");
    assert_eq!(described[3], (ErrorKind::InsufficientFunds, "The account cannot pay for it.".to_owned()));
    let words: Vec<String> = deliveries().into_iter().map(|(word, _)| word).collect();
    assert_eq!(words, ["not_sent", "refused", "unknown"]);
    let status = ("status".to_owned(), "HTTP status of the last reply.".to_owned());
    assert!(error_fields().contains(&status), "{:?}", error_fields());
}

#[test]
fn parameters_that_must_be_given_come_first_and_the_others_are_what_they_are_without_null() {
    let surface = of("vonage");
    let search = surface.operations.iter().find(|it| it.id == "vonage.search_available").expect("it");
    let seen: Vec<(&str, &Type, bool)> =
        search.parameters.iter().map(|it| (it.name.as_str(), &it.shape, it.required)).collect();
    assert_eq!(seen[0], ("country", &Type::Text, true));
    assert!(seen.contains(&("index", &Type::Integer, false)), "{seen:?}");
    assert!(seen.contains(&("search_pattern", &Type::Named("SearchPattern".to_owned()), false)), "{seen:?}");
    let reserve = of("voepy").operations.into_iter().find(|it| it.id == "voepy.reserve_numbers").expect("it");
    assert_eq!(reserve.parameters[0].shape, Type::List(Box::new(Type::PhoneNumber)));
}
