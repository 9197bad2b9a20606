// The part of the transform driver that is for DataProcessing: InputFilter, JoinSource and OutputFilter.
// Source: Developer Guide, "Associate prediction results with input records", with its table of supported JSONPath operators.

/** Uses `config`, `content_type`, `JSON`, `CSV`, `LINES` and `Refused` of the driver. */
export const dataProcessing = String.raw`
is_processed = config["join"] == "Input" or config["output_filter"] != "$" or config["input_filter"] != "$"

def parse_path(text):
    """The steps of a JSONPath: each a list of keys, indexes and slices, and whether it was one alone."""
    if not text.startswith("$"):
        raise Refused("the filter %s does not begin with $" % text)
    steps, at = [], 1
    token = re.compile(r"\.(\*|[A-Za-z_][\w-]*)|\[([^\]]+)\]")
    while at < len(text):
        match = token.match(text, at)
        if not match:
            raise Refused("the filter %s cannot be read from %s on" % (text, text[at:]))
        at = match.end()
        if match.group(1):
            steps.append(([match.group(1)], True))
        else:
            parts = [parse_part(part.strip(), text) for part in match.group(2).split(",")]
            steps.append((parts, len(parts) == 1 and not isinstance(parts[0], slice)))
    return steps

def parse_part(part, text):
    if part == "*" or re.fullmatch(r"'[^']*'|\"[^\"]*\"", part):
        return part.strip("'\"")
    if re.fullmatch(r"-?\d+", part):
        return int(part)
    match = re.fullmatch(r"(-?\d+)?:(-?\d+)?", part)
    if not match:
        raise Refused("the filter %s has %s, which is no index, range or name" % (text, part))
    return slice(*[None if bound is None else int(bound) for bound in match.groups()])

def select(value, steps):
    for parts, is_single in steps:
        if parts == ["*"]:
            value = list(value.values()) if isinstance(value, dict) else value
        elif isinstance(value, dict):
            missing = [part for part in parts if not isinstance(part, str) or part not in value]
            if missing:
                raise Refused("the record has no member %s" % missing[0])
            value = value[parts[0]] if is_single else {part: value[part] for part in parts}
        elif isinstance(value, list):
            value = select_elements(value, parts, is_single)
        else:
            raise Refused("the filter goes into %s, which has no members" % json.dumps(value))
    return value

def select_elements(value, parts, is_single):
    found = []
    for part in parts:
        if isinstance(part, str):
            raise Refused("the filter asks a list for the member %s" % part)
        if isinstance(part, slice):
            found.extend(value[part])
        elif -len(value) <= part < len(value):
            found.append(value[part])
        else:
            raise Refused("the record has %d columns, and none with the index %d" % (len(value), part))
    return found[0] if is_single else found

input_path, output_path = None, None
def paths():
    global input_path, output_path
    if input_path is None:
        input_path, output_path = parse_path(config["input_filter"]), parse_path(config["output_filter"])
    return input_path, output_path

def parse_record(record):
    if content_type == CSV:
        rows = list(csv.reader(io.StringIO(record.decode())))
        return rows[0] if rows else []
    try:
        return json.loads(record)
    except ValueError as error:
        raise Refused("the record is not valid JSON: %s" % error)

def format_record(value):
    if content_type != CSV:
        return json.dumps(value).encode()
    target = io.StringIO()
    csv.writer(target, lineterminator="").writerow(value if isinstance(value, list) else [value])
    return target.getvalue().encode()

def filter_input(record):
    if config["input_filter"] == "$":
        return record
    return format_record(select(parse_record(record), paths()[0]))

def join_output(records, answer):
    """One answer for each record: joined with it, filtered, a line each."""
    if config["join"] != "Input" and config["output_filter"] == "$":
        return answer
    is_whole = config["split"] == "None" and content_type != CSV
    lines = [answer] if is_whole else [line for line in answer.splitlines() if line.strip()]
    if len(lines) != len(records):
        raise Refused("%d records gave %d lines, and DataProcessing needs one for each: Accept %s gives lines"
                      % (len(records), len(lines), CSV if content_type == CSV else LINES))
    joined = [join_record(record, line) for record, line in zip(records, lines)]
    return b"".join(format_record(select(value, paths()[1])) + b"\n" for value in joined)

def join_record(record, line):
    output = parse_record(line)
    if config["join"] != "Input":
        return output
    value = parse_record(record)
    if content_type == CSV:
        return value + output
    if isinstance(value, dict):
        return {**value, "SageMakerOutput": output}
    return {"SageMakerInput": value, "SageMakerOutput": output}
`
