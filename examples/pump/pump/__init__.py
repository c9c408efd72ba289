"""Controller of an infusion pump: a made-up device that shows how tracegate works."""
