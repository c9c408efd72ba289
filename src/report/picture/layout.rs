//! Where the nodes of a picture stand: in layers from left to right, and within a layer near to what they are linked with.

use super::Picture;
use crate::link::net::Link;

/// Requirements below requirements that get layers of their own.
const DEEPEST: usize = 12;

/// How often the nodes of the layers are put in order.
const SWEEPS: usize = 6;

/// Gives each node its layer: records with what belongs to them, actions, then requirements from the highest to the lowest, rows,
/// tests, results.
pub(super) fn layer(picture: &mut Picture) {
    let count = picture.nodes.len();
    let mut depth = vec![0_usize; count];
    // What names the start stands before it, and what it names behind it.
    for _ in 0..2 {
        for (from, to, _) in picture.links.iter().filter(|(_, to, link)| *link == Link::Names && kind(picture, *to) == "record") {
            let before = depth.get(*from).copied().unwrap_or(0);
            if let Some(own) = depth.get_mut(*to).filter(|own| **own <= before && before < 2) {
                *own = before + 1;
            }
        }
    }
    // Each pass moves children one layer behind their parents; cycles end with the passes.
    for _ in 0..DEEPEST {
        let mut moved = false;
        let below = picture.links.iter().filter_map(|(from, to, link)| match link {
            Link::Refines => Some((*from, *to)),
            Link::Has => Some((*to, *from)),
            _ => None,
        });
        for (child, parent) in below {
            let above = depth.get(parent).copied().unwrap_or(0);
            if let Some(own) = depth.get_mut(child).filter(|own| **own <= above && above < DEEPEST) {
                *own = above + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let deepest = |kinds: &[&str]| {
        let of = picture.nodes.iter().zip(&depth).filter(|(node, _)| kinds.contains(&node.kind));
        of.map(|(_, depth)| *depth).max().unwrap_or(0)
    };
    let acting = deepest(&["record", "action"]);
    let lowest = acting + deepest(&["requirement"]);
    for (node, depth) in picture.nodes.iter_mut().zip(depth) {
        node.layer = match node.kind {
            "record" => depth,
            "action" => acting,
            "requirement" => acting + 1 + depth,
            "row" => lowest + 2,
            "test" | "planned test" => lowest + 3,
            _ => lowest + 4,
        };
    }
    close_gaps(picture);
}

fn kind(picture: &Picture, at: usize) -> &'static str {
    picture.nodes.get(at).map_or("", |node| node.kind)
}

/// Layers without a node take no room.
fn close_gaps(picture: &mut Picture) {
    let mut used: Vec<usize> = picture.nodes.iter().map(|node| node.layer).collect();
    used.sort_unstable();
    used.dedup();
    for node in &mut picture.nodes {
        node.layer = used.binary_search(&node.layer).unwrap_or(0);
    }
}

/// The nodes of each layer, from the top. Nodes stand near the middle of what they are linked with, so that few links cross.
pub(super) fn layers(picture: &Picture) -> Vec<Vec<usize>> {
    let count = picture.nodes.iter().map(|node| node.layer + 1).max().unwrap_or(0);
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, node) in picture.nodes.iter().enumerate() {
        if let Some(layer) = layers.get_mut(node.layer) {
            layer.push(at);
        }
    }
    let mut linked: Vec<Vec<usize>> = vec![Vec::new(); picture.nodes.len()];
    for (from, to, _) in &picture.links {
        for (one, other) in [(from, to), (to, from)] {
            if let Some(list) = linked.get_mut(*one) {
                list.push(*other);
            }
        }
    }
    let mut place = vec![0_usize; picture.nodes.len()];
    settle(&layers, &mut place);
    for sweep in 0..SWEEPS {
        let order: Vec<usize> = if sweep % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
        for at in order {
            let Some(layer) = layers.get_mut(at) else { continue };
            let middle = |node: &usize| -> (usize, usize) {
                let own = place.get(*node).copied().unwrap_or(0);
                let others = linked.get(*node).map_or(&[][..], Vec::as_slice);
                let sum: usize = others.iter().filter_map(|other| place.get(*other)).sum();
                // In thousandths, so that no rounding depends on a machine.
                (if others.is_empty() { own * 1000 } else { sum * 1000 / others.len() }, *node)
            };
            layer.sort_by_cached_key(middle);
            settle_one(layer, &mut place);
        }
    }
    layers
}

fn settle(layers: &[Vec<usize>], place: &mut [usize]) {
    layers.iter().for_each(|layer| settle_one(layer, place));
}

fn settle_one(layer: &[usize], place: &mut [usize]) {
    for (at, node) in layer.iter().enumerate() {
        if let Some(slot) = place.get_mut(*node) {
            *slot = at;
        }
    }
}
