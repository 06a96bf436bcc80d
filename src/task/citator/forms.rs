//! The graph in three forms: CSV (an edge a row), GraphML, FollowTheMoney (an entity a line).
//!
//! All say the same; each escapes in its own way, and nothing of a document becomes markup, a
//! formula or a control character.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::graph::{Graph, Node, NodeClass};
use crate::text::csv::{Cells, write_row};
use crate::text::xml::escape;

/// A form of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphForm {
    /// A table with an edge a row.
    Csv,
    /// For Gephi, yEd, Cytoscape and programs.
    GraphMl,
    /// For Aleph and its like.
    Ftm,
}

/// The columns of the table; columns are only ever added at the end.
const COLUMNS: [&str; 17] = [
    "Source",
    "Target",
    "relation",
    "source_key",
    "source_label",
    "source_date",
    "target_class",
    "target_label",
    "cited",
    "page",
    "paragraph",
    "place",
    "text",
    "pinpoint",
    "treatment_words",
    "sentence",
    "confidence",
];

impl Graph {
    /// Writes the graph.
    pub fn write(&self, form: GraphForm) -> String {
        match form {
            GraphForm::Csv => self.to_csv(),
            GraphForm::GraphMl => self.to_graphml(),
            GraphForm::Ftm => self.to_ftm(),
        }
    }

    fn to_csv(&self) -> String {
        let nodes: BTreeMap<&str, &Node> =
            self.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let mut out = String::new();
        write_row(&mut out, &COLUMNS, Cells::Raw);
        for edge in &self.edges {
            let source = nodes.get(edge.source.as_str());
            let target = nodes.get(edge.target.as_str());
            let cells = [
                edge.source.clone(),
                edge.target.clone(),
                edge.relation.to_owned(),
                source.and_then(|node| node.key.clone()).unwrap_or_default(),
                source.map(|node| node.label.clone()).unwrap_or_default(),
                source.and_then(|node| node.date.clone()).unwrap_or_default(),
                target.map(|node| node.class.name().to_owned()).unwrap_or_default(),
                target.map(|node| node.label.clone()).unwrap_or_default(),
                edge.cited.clone(),
                edge.page.map(|page| page.to_string()).unwrap_or_default(),
                edge.paragraph.clone().unwrap_or_default(),
                edge.place.clone(),
                edge.text.clone(),
                edge.pinpoint.clone().unwrap_or_default(),
                edge.treatment_words.join("; "),
                edge.sentence.clone(),
                edge.confidence.map(|confidence| format!("{confidence:.2}")).unwrap_or_default(),
            ];
            write_row(&mut out, &cells, Cells::Guarded);
        }
        out
    }

    fn to_graphml(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
             http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
        );
        for (of, names) in [("node", NODE_KEYS), ("edge", EDGE_KEYS)] {
            for (name, of_type) in names {
                out.push_str(&format!(
                    "  <key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{of_type}\"/>\n"
                ));
            }
        }
        out.push_str("  <graph id=\"misl\" edgedefault=\"directed\">\n");
        for node in &self.nodes {
            out.push_str(&format!("    <node id=\"{}\">\n", escape(&node.id)));
            let status = node.status.join("; ");
            let values = [
                Some(node.class.name()),
                Some(node.label.as_str()),
                node.key.as_deref(),
                node.kind.as_deref(),
                node.date.as_deref(),
                node.court.as_deref(),
                Some(status.as_str()),
            ];
            data(&mut out, "node", NODE_KEYS, &values);
            out.push_str("    </node>\n");
        }
        for (edge_idx, edge) in self.edges.iter().enumerate() {
            out.push_str(&format!(
                "    <edge id=\"e{edge_idx}\" source=\"{}\" target=\"{}\">\n",
                escape(&edge.source),
                escape(&edge.target)
            ));
            let page = edge.page.map(|page| page.to_string());
            let confidence = edge.confidence.map(|confidence| format!("{confidence:.2}"));
            let words = edge.treatment_words.join("; ");
            let values = [
                Some(edge.relation),
                Some(edge.cited.as_str()),
                page.as_deref(),
                edge.paragraph.as_deref(),
                Some(edge.place.as_str()),
                Some(edge.text.as_str()),
                edge.pinpoint.as_deref(),
                confidence.as_deref(),
                Some(words.as_str()),
                Some(edge.sentence.as_str()),
            ];
            data(&mut out, "edge", EDGE_KEYS, &values);
            out.push_str("    </edge>\n");
        }
        out.push_str("  </graph>\n</graphml>\n");
        out
    }

    fn to_ftm(&self) -> String {
        let mut out = String::new();
        for node in &self.nodes {
            let (schema, properties) = match node.class {
                NodeClass::Document => ("Document", document(node)),
                NodeClass::Act => ("Document", act(node)),
                NodeClass::Work => ("CourtCase", case(node, "law report")),
                NodeClass::Matter => ("CourtCase", case(node, "matter")),
            };
            line(&mut out, &ftm_id(&node.id), schema, properties);
        }
        for (edge_idx, edge) in self.edges.iter().enumerate() {
            let mut properties = Map::new();
            put(&mut properties, "subject", &[ftm_id(&edge.source)]);
            put(&mut properties, "object", &[ftm_id(&edge.target)]);
            put(&mut properties, "role", &[edge.relation.to_owned()]);
            put(&mut properties, "recordId", std::slice::from_ref(&edge.place));
            let words = edge.treatment_words.join(", ");
            let found = if words.is_empty() { words } else { format!(" [words found: {words}]") };
            put(&mut properties, "summary", &[format!("{}{found}", edge.text).trim().to_owned()]);
            put(&mut properties, "description", std::slice::from_ref(&edge.sentence));
            put(&mut properties, "proof", &[ftm_id(&edge.source)]);
            let id = ftm_id(&format!("{}\n{}\n{edge_idx}", edge.source, edge.target));
            line(&mut out, &id, "UnknownLink", properties);
        }
        out
    }
}

/// Attributes of nodes with their types, in the order of their values.
const NODE_KEYS: &[(&str, &str)] = &[
    ("class", "string"),
    ("label", "string"),
    ("key", "string"),
    ("kind", "string"),
    ("date", "string"),
    ("court", "string"),
    ("status", "string"),
];

const EDGE_KEYS: &[(&str, &str)] = &[
    ("relation", "string"),
    ("cited", "string"),
    ("page", "int"),
    ("paragraph", "string"),
    ("place", "string"),
    ("text", "string"),
    ("pinpoint", "string"),
    ("confidence", "double"),
    ("treatment_words", "string"),
    ("sentence", "string"),
];

fn data(out: &mut String, of: &str, keys: &[(&str, &str)], values: &[Option<&str>]) {
    for ((name, _), value) in keys.iter().zip(values) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.push_str(&format!("      <data key=\"{of}-{name}\">{}</data>\n", escape(value)));
        }
    }
}

/// Returns the id of an entity: ids of that format are short and of plain letters.
fn ftm_id(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    let hex: String = digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    format!("misl-graph-{hex}")
}

fn put(properties: &mut Map<String, Value>, name: &str, values: &[String]) {
    let values: Vec<String> = values.iter().map(|value| plain(value)).collect();
    let values: Vec<&String> = values.iter().filter(|value| !value.is_empty()).collect();
    if !values.is_empty() {
        properties.insert(name.to_owned(), json!(values));
    }
}

/// Returns text without control characters, on one line.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn document(node: &Node) -> Map<String, Value> {
    let mut properties = Map::new();
    put(&mut properties, "title", std::slice::from_ref(&node.label));
    put(&mut properties, "keywords", &node.kind.iter().cloned().collect::<Vec<_>>());
    put(&mut properties, "alias", &node.key.iter().cloned().collect::<Vec<_>>());
    // A date that is no day, month or year of that format stays with us.
    put(&mut properties, "date", &node.date.iter().cloned().collect::<Vec<_>>());
    let mut notes = vec![format!("sha256:{}", node.id)];
    notes.extend(node.status.iter().cloned());
    put(&mut properties, "notes", &notes);
    properties
}

fn act(node: &Node) -> Map<String, Value> {
    let mut properties = Map::new();
    put(&mut properties, "title", std::slice::from_ref(&node.label));
    put(&mut properties, "keywords", &["law".to_owned()]);
    put(&mut properties, "notes", std::slice::from_ref(&node.id));
    properties
}

fn case(node: &Node, category: &str) -> Map<String, Value> {
    let mut properties = Map::new();
    put(&mut properties, "name", std::slice::from_ref(&node.label));
    put(&mut properties, "caseNumber", std::slice::from_ref(&node.label));
    put(&mut properties, "category", &[category.to_owned()]);
    put(&mut properties, "notes", std::slice::from_ref(&node.id));
    properties
}

fn line(out: &mut String, id: &str, schema: &str, properties: Map<String, Value>) {
    let entity = json!({ "id": id, "schema": schema, "properties": properties });
    out.push_str(&entity.to_string());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use quick_xml::events::Event;

    use super::super::graph::Edge;
    use super::*;
    use crate::text::csv::read_rows;

    const HOSTILE: &str = "=SUM(A1) <b a=\"x\">&amp;</b>\u{1}\u{202e}, \"q\"\nline دفعہ";

    fn graph() -> Graph {
        let node = |id: &str, class, label: &str| Node {
            id: id.to_owned(),
            class,
            label: label.to_owned(),
            key: (class == NodeClass::Document).then(|| "ihc-2024-wp-1".to_owned()),
            kind: (class == NodeClass::Document).then(|| "order".to_owned()),
            date: (class == NodeClass::Document).then(|| "2024-06-25".to_owned()),
            court: None,
            status: vec![],
        };
        let edge = |target: &str, relation, text: &str| Edge {
            source: "ab12".to_owned(),
            target: target.to_owned(),
            relation,
            cited: format!("{target}/s37"),
            page: Some(3),
            paragraph: Some("7".to_owned()),
            place: "ihc-2024-wp-1@p3,para7".to_owned(),
            text: text.to_owned(),
            pinpoint: None,
            confidence: Some(0.99),
            treatment_words: vec!["followed".to_owned(), "not applicable".to_owned()],
            sentence: HOSTILE.to_owned(),
        };
        Graph {
            nodes: vec![
                node("ab12", NodeClass::Document, HOSTILE),
                node("pk/pld/1998/sc/388", NodeClass::Work, "PLD 1998 SC 388"),
                node("pk/act/peca", NodeClass::Act, "PECA"),
                node("pk/ihc/wp/2024/1", NodeClass::Matter, "W.P. No. 1/2024"),
            ],
            edges: vec![
                edge("pk/pld/1998/sc/388", "cites", "@PLD 1998 SC 388"),
                edge("pk/act/peca", "cites", HOSTILE),
                edge("pk/ihc/wp/2024/1", "bears", ""),
            ],
        }
    }

    #[test]
    fn csv_is_read_back_and_no_cell_is_a_formula() {
        let rows = read_rows(&graph().write(GraphForm::Csv));
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0], COLUMNS);
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
        assert_eq!(rows[1][..3], ["ab12", "pk/pld/1998/sc/388", "cites"]);
        assert_eq!((rows[1][9].as_str(), rows[1][14].as_str()), ("3", "followed; not applicable"));
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        assert_eq!(rows[1][15], format!("'{HOSTILE}"));
    }

    #[test]
    fn graphml_is_xml_and_names_what_it_declares() {
        let text = graph().write(GraphForm::GraphMl);
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut declared, mut used, mut ids) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let (mut n_edges, mut words, mut ends) = (0, String::new(), Vec::new());
        loop {
            let event = reader.read_event().unwrap();
            match &event {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) => {
                    let attribute = |name: &str| {
                        let found = tag.attributes().map(Result::unwrap);
                        let mut found = found.filter(|one| one.key.as_ref() == name);
                        found.next().map(|one| {
                            one.normalized_value(quick_xml::XmlVersion::Implicit1_0)
                                .unwrap()
                                .into_owned()
                        })
                    };
                    match tag.name().as_ref() {
                        "key" => drop(declared.insert(attribute("id").unwrap())),
                        "data" => drop(used.insert(attribute("key").unwrap())),
                        "node" => assert!(ids.insert(attribute("id").unwrap())),
                        "edge" => {
                            n_edges += 1;
                            ends.extend([attribute("source"), attribute("target")]);
                        }
                        "graphml" | "graph" => {}
                        other => panic!("{other}"),
                    }
                }
                Event::Text(text) => words.push_str(text.as_ref()),
                Event::GeneralRef(_) => words.push('?'),
                _ => {}
            }
        }
        assert!(used.is_subset(&declared), "{used:?}");
        assert!(ends.iter().all(|end| ids.contains(end.as_ref().unwrap())));
        assert_eq!((n_edges, ids.len()), (3, 4));
        assert!(words.contains("دفعہ") && words.contains("=SUM(A1)"));
        assert!(!text.contains('\u{1}') && !text.contains("<b "));
    }

    /// Properties by schema, from followthemoney's own files.
    const THING: &[&str] = &["name", "alias", "keywords", "notes", "summary", "sourceUrl"];
    const SCHEMATA: &[(&str, &[&str])] = &[
        ("Document", &["title", "date", "author", "fileName", "language"]),
        ("CourtCase", &["category", "type", "status", "caseNumber", "court", "fileDate"]),
        (
            "UnknownLink",
            &["subject", "object", "role", "status", "recordId", "description", "proof"],
        ),
    ];

    #[test]
    fn followthemoney_has_known_schemata_and_whole_links() {
        let text = graph().write(GraphForm::Ftm);
        let entities: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(entities.len(), 7);
        let ids: BTreeSet<&str> = entities.iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 7);
        for entity in &entities {
            let schema = entity["schema"].as_str().unwrap();
            let (_, known) = SCHEMATA.iter().find(|(name, _)| *name == schema).unwrap();
            for (name, values) in entity["properties"].as_object().unwrap() {
                assert!(known.contains(&name.as_str()) || THING.contains(&name.as_str()), "{name}");
                for value in values.as_array().unwrap() {
                    let value = value.as_str().unwrap();
                    assert!(!value.is_empty() && !value.contains(char::is_control), "{value:?}");
                    if matches!(name.as_str(), "subject" | "object" | "proof") {
                        assert!(ids.contains(value));
                    }
                }
            }
        }
        let link = entities.iter().find(|one| one["schema"] == "UnknownLink").unwrap();
        assert_eq!(
            link["properties"]["summary"][0],
            "@PLD 1998 SC 388 [words found: followed, not applicable]"
        );
        assert_eq!(graph().write(GraphForm::Ftm), text);
    }
}
