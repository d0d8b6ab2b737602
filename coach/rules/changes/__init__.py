"""Changes somebody asks for in a goal or a plan, by what they change."""
