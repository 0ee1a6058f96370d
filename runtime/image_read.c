/* Bytes as an Image: the frame, the records, the texts, and then everything
 * that image_verify knows. */
#include "runtime/image_lean.h"

#include <string.h>
#include "base/utf8.h"

typedef struct Entry {
  uint32_t at; /* where it stands in the table; 0: the file lacks it */
  uint32_t offset, length, items;
} Entry;

typedef struct Reader {
  Arena *arena;   /* of what the image keeps, … */
  Arena *passing; /* … and of what a lean one does not; else the same */
  bool lean;
  Text bytes;
  Image *image;
  ImageFault *fault;
  uint32_t sections; /* how many the file has */
  Entry entries[IMAGE_SECTIONS]; /* of all sections */
} Reader;

static bool refuse(Reader *reader, uint16_t code, uint32_t offset,
                   const char *message) {
  *reader->fault = (ImageFault){code, offset, message};
  return false;
}

static bool refuse_damaged(Reader *reader, uint32_t offset,
                           const char *message) {
  return refuse(reader, E_IMAGE_UNSOUND, offset, message);
}

/* ------------------------------------------------------------------- frame */

/* Those that every file has: lists of the meaning, the code and the texts. */
#define SECTIONS_FEWEST (SECTION_FIRST_OPTION - 1 + 2)

static bool read_header(Reader *reader) {
  Text bytes = reader->bytes;
  uint32_t version;
  if (!text_starts(bytes, TEXT(IMAGE_MAGIC)))
    return refuse_damaged(reader, 0,
                          "The first bytes are not those of a policy image.");
  if (bytes.length < IMAGE_HEADER_SIZE)
    return refuse_damaged(reader, bytes.length,
                          "The file ends before its header is complete.");
  version = image_word(bytes.at + IMAGE_VERSION_AT);
  if (version != IMAGE_VERSION)
    return refuse(reader, E_IMAGE_VERSION, IMAGE_VERSION_AT,
                  "This image was made for another version of Stile.");
  reader->sections = image_word(bytes.at + IMAGE_SECTIONS_AT);
  if (reader->sections < SECTIONS_FEWEST || reader->sections > IMAGE_SECTIONS)
    return refuse_damaged(reader, IMAGE_SECTIONS_AT,
                          "An image cannot have this many sections.");
  if (bytes.length - IMAGE_HEADER_SIZE < IMAGE_ENTRY_SIZE * reader->sections)
    return refuse_damaged(reader, bytes.length,
                          "The file ends within the table of sections.");
  return true;
}

/* Does the file's table go on with this section? */
static bool is_next(const Reader *reader, uint32_t at,
                    const Section *section) {
  uint32_t end = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * reader->sections;
  return at < end && image_word(reader->bytes.at + at) == section->number;
}

static bool read_entry(Reader *reader, uint32_t index, uint32_t at,
                       uint32_t start) {
  const Section *section = &image_sections[index];
  const char *words = reader->bytes.at + at;
  Entry *entry = &reader->entries[index];
  *entry = (Entry){at, image_word(words + 4), image_word(words + 8),
                   image_word(words + 12)};
  bool option = section->number < SECTION_CODE &&
                image_section_is_option(section);
  if (entry->offset != start)
    return refuse_damaged(reader, at + 4,
                          "This section does not follow the one before.");
  if (entry->length > reader->bytes.length - start || entry->length % 4 != 0)
    return refuse_damaged(reader, at + 8,
                          "This section does not lie within the file.");
  if (option && entry->items == 0)
    return refuse_damaged(reader, at + 12,
                          "This section is left out where it is empty.");
  return true;
}

static bool read_table(Reader *reader) {
  uint32_t at = IMAGE_HEADER_SIZE;
  uint32_t start = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * reader->sections;
  uint32_t end = start;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    if (!is_next(reader, at, &image_sections[i])) {
      if (image_section_is_option(&image_sections[i])) continue;
      return refuse_damaged(reader, at, "This is not the section due here.");
    }
    if (!read_entry(reader, i, at, start)) return false;
    start += reader->entries[i].length;
    at += IMAGE_ENTRY_SIZE;
  }
  if (at != end)
    return refuse_damaged(reader, at, "This is not the section due here.");
  if (start != reader->bytes.length)
    return refuse_damaged(reader, start,
                          "The file goes on after its last section.");
  return true;
}

static bool check_digest(Reader *reader) {
  uint8_t digest[IMAGE_HASH_SIZE];
  image_digest(reader->bytes, reader->image->hash, digest);
  if (memcmp(digest, reader->bytes.at + IMAGE_DIGEST_AT, sizeof digest) != 0)
    return refuse_damaged(reader, IMAGE_DIGEST_AT,
                          "The file is not as it was written: its digest "
                          "does not fit its bytes.");
  return true;
}

/* ----------------------------------------------------------------- columns */

/* The columns at the start of a section; *end is the byte of the file after
 * them. */
static bool find_columns(Reader *reader, const Entry *entry, uint32_t words,
                         Column *columns, uint32_t *end) {
  Text section = {reader->bytes.at + entry->offset, entry->length};
  uint32_t fault = 0;
  uint32_t length =
      image_columns(section, entry->items, words, columns, &fault);
  if (length == NONE)
    return refuse_damaged(reader, entry->offset + fault,
                          "Here is no column of so many numbers.");
  *end = entry->offset + length;
  return true;
}

/* The same of a section that has nothing else. */
static bool find_all_columns(Reader *reader, const Entry *entry,
                             uint32_t words, Column *columns) {
  uint32_t end = 0;
  if (!find_columns(reader, entry, words, columns, &end)) return false;
  if (end == entry->offset + entry->length) return true;
  return refuse_damaged(reader, entry->at + 12,
                        "This section holds more than so many items.");
}

/* ------------------------------------------------------------------- texts */

/* Texts of one section are checked as one run of bytes; then none may start
 * within a letter. */
static bool check_bytes(Reader *reader, Text bytes, uint32_t start) {
  uint32_t offset;
  if (utf8_check(bytes, &offset) == UTF8_FINE) return true;
  return refuse_damaged(reader, start + offset,
                        "A text is not clean UTF-8 here.");
}

static bool refuse_length(Reader *reader, const Column *lengths,
                          uint32_t index) {
  uint32_t first = (uint32_t)(lengths->at - reader->bytes.at);
  uint32_t at = lengths->width > 0 ? first + index * lengths->width
                                   : first - COLUMN_HEAD_SIZE;
  return refuse_damaged(reader, at, "A text is longer than its section.");
}

/* Cuts texts out of the bytes from `at` on, or only checks them if `texts` is
 * NULL; *end is the byte after them. */
static bool cut_texts(Reader *reader, const Entry *entry,
                      const Column *lengths, uint32_t at, Text *texts,
                      uint32_t *end) {
  uint32_t limit = entry->offset + entry->length, block[BLOCK_MOST];
  for (uint32_t i = 0; i < entry->items; i++) {
    uint32_t left = entry->items - i;
    if (i % BLOCK_MOST == 0)
      image_column_read(lengths, i, left < BLOCK_MOST ? left : BLOCK_MOST,
                        block);
    uint32_t length = block[i % BLOCK_MOST];
    if (length > limit - at) return refuse_length(reader, lengths, i);
    if (texts) texts[i] = (Text){reader->bytes.at + at, length};
    if (length > 0 && ((uint8_t)reader->bytes.at[at] & 0xC0) == 0x80)
      return refuse_damaged(reader, at, "A text starts within a letter.");
    at += length;
  }
  *end = at;
  return true;
}

static bool check_padding(Reader *reader, uint32_t at, uint32_t limit) {
  if (limit - at > 3)
    return refuse_damaged(reader, at, "These bytes belong to no text.");
  for (; at < limit; at++)
    if (reader->bytes.at[at] != 0)
      return refuse_damaged(reader, at, "The bytes after the last text must "
                                        "be zero.");
  return true;
}

static bool read_texts(Reader *reader, const Section *section,
                       const Entry *entry) {
  uint32_t first = 0, end = 0;
  Column lengths;
  if (!find_columns(reader, entry, 1, &lengths, &first)) return false;
  bool meaning = section->number == SECTION_TEXTS;
  Text *texts = reader->lean && meaning
                    ? NULL
                    : ARENA_ARRAY(reader->passing, entry->items, Text);
  if (!cut_texts(reader, entry, &lengths, first, texts, &end) ||
      !check_padding(reader, end, entry->offset + entry->length) ||
      !check_bytes(reader, (Text){reader->bytes.at + first, end - first},
                   first))
    return false;
  if (meaning) {
    reader->image->texts.at = texts;
    reader->image->texts.count = reader->image->texts.room = entry->items;
  } else {
    reader->image->place_texts.at = texts;
    reader->image->place_texts.count = entry->items;
    reader->image->place_texts.room = entry->items;
  }
  return true;
}

/* ----------------------------------------------------------------- records */

static uint32_t items_of(const Reader *reader, uint32_t section) {
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++)
    if (image_sections[i].number == section) return reader->entries[i].items;
  return 0;
}

static Plan plan_field(const Reader *reader, const Field *field,
                       uint32_t word) {
  Plan plan = {field->kind, field->at, word, 0, field->bound};
  switch (field->kind) {
    case FIELD_WORDS_OPTION:
      plan.bias = 1;
      plan.bound = items_of(reader, SECTION_TEXTS) + 1;
      break;
    case FIELD_WORDS:
      plan.bound = items_of(reader, SECTION_TEXTS);
      break;
    case FIELD_PLACE_WORDS:
      plan.bound = items_of(reader, SECTION_PLACE_TEXTS);
      break;
    case FIELD_LINK_OPTION:
      plan.bias = 1;
      plan.bound = items_of(reader, image_lists[field->list].section) + 1;
      break;
    case FIELD_LINK:
    case FIELD_RANGE:
      plan.bound = items_of(reader, image_lists[field->list].section);
      break;
    case FIELD_REGISTER:
      plan.bound = reader->image->policy.at[0].registers;
      break;
    case FIELD_NUMBER:
    case FIELD_FLAG:
    case FIELD_ENUM:
    case FIELD_DAY:
    case FIELD_WIDE:
      break;
  }
  return plan;
}

static const char *field_message(FieldKind kind) {
  switch (kind) {
    case FIELD_NUMBER: return "This number is too large.";
    case FIELD_FLAG: return "This must be 0 or 1.";
    case FIELD_ENUM: return "This number has no meaning here.";
    case FIELD_DAY: return "This is not a day from year 1 to year 9999.";
    case FIELD_WIDE: break;
    case FIELD_WORDS:
    case FIELD_WORDS_OPTION:
    case FIELD_PLACE_WORDS: return "There is no text with this number.";
    case FIELD_LINK:
    case FIELD_LINK_OPTION: return "There is no record with this number.";
    case FIELD_RANGE: return "These records go past the end of their list.";
    case FIELD_REGISTER: return "There is no register with this number.";
  }
  return "This cannot be read.";
}

/* Says which record of the block is wrong, and where. */
static bool refuse_block(Reader *reader, ListId id, Block block,
                         const Plan *plans, uint32_t fields) {
  uint32_t end = block.first + block.count;
  for (block.count = 1; block.first < end; block.first++) {
    uint32_t wrong = image_block_read(&block, plans, fields);
    if (wrong != NONE)
      return refuse_damaged(reader,
                            image_record_offset(reader->bytes, id, block.first,
                                                plans[wrong].word),
                            field_message(plans[wrong].kind));
  }
  return false;
}

/* Of a lean image conditions and places stay where they are. */
static bool is_only_checked(const Reader *reader, ListId id) {
  return reader->lean && (id == LIST_places || id == LIST_nodes);
}

/* Where the records of a list go. */
static Arena *records_arena(const Reader *reader, ListId id) {
  return image_lean_in_columns(id) ? reader->passing : reader->arena;
}

static bool read_blocks(Reader *reader, ListId id, uint32_t items,
                        const Column *columns, const Plan *plans,
                        uint32_t fields) {
  const List *list = &image_lists[id];
  bool kept = !is_only_checked(reader, id);
  char *records = NULL;
  if (kept)
    records = arena_make_array(records_arena(reader, id), items, list->size);
  Block block = {.columns = columns, .size = list->size};
  for (; block.first < items; block.first += block.count) {
    block.count = items - block.first;
    if (block.count > BLOCK_MOST) block.count = BLOCK_MOST;
    if (kept) block.to = records + (size_t)block.first * list->size;
    if (image_block_read(&block, plans, fields) != NONE)
      return refuse_block(reader, id, block, plans, fields);
  }
  image_set_items(reader->image, id, (Items){records, items, items});
  return true;
}

static bool read_records(Reader *reader, ListId id, const Entry *entry) {
  const List *list = &image_lists[id];
  Column columns[COLUMNS_MOST];
  Plan plans[COLUMNS_MOST];
  uint32_t fields = 0;
  if (!find_all_columns(reader, entry, list->words, columns)) return false;
  for (uint32_t f = 0, word = 0; f < list->field_count; f++) {
    uint32_t words = image_field_words(&list->fields[f]);
    plans[fields] = plan_field(reader, &list->fields[f], word);
    bool idle = is_only_checked(reader, id) ||
                image_columns_zero(&columns[word], entry->items, words);
    if (!idle ||
        !image_columns_fit(&columns[word], entry->items, &plans[fields]))
      fields++;
    word += words;
  }
  return read_blocks(reader, id, entry->items, columns, plans, fields);
}

static bool read_code(Reader *reader, const Entry *entry) {
  Column column;
  if (!find_all_columns(reader, entry, 1, &column)) return false;
  uint32_t *code = ARENA_ARRAY(reader->passing, entry->items, uint32_t);
  if (entry->items > 0) image_column_read(&column, 0, entry->items, code);
  reader->image->code.at = code;
  reader->image->code.count = reader->image->code.room = entry->items;
  return true;
}

static bool read_section(Reader *reader, uint32_t index) {
  const Section *section = &image_sections[index];
  const Entry *entry = &reader->entries[index];
  if (entry->at == 0) return true;
  switch (section->kind) {
    case SECTION_OF_RECORDS: return read_records(reader, section->list, entry);
    case SECTION_OF_CODE: return read_code(reader, entry);
    case SECTION_OF_TEXTS: return read_texts(reader, section, entry);
  }
  return false;
}

/* ---------------------------------------------------------------- counting */

/* Places are there for all or for none, with the files and texts. */
static bool check_places(Reader *reader) {
  static const ListId placed[] = {LIST_facts,    LIST_rules,   LIST_nodes,
                                  LIST_examples, LIST_sources, LIST_promises,
                                  LIST_assumes};
  const Entry *last = &reader->entries[IMAGE_SECTIONS - 1];
  const Entry *places = last - 2, *files = last - 1;
  uint64_t count = 0;
  uint32_t at = IMAGE_SECTIONS_AT;
  if (!places->at && !files->at && !last->at) return true;
  if (!places->at || !files->at || !last->at)
    return refuse_damaged(reader, at,
                          "An image has all sections of places, or none.");
  for (size_t i = 0; i < sizeof placed / sizeof *placed; i++)
    count += reader->entries[placed[i]].items;
  if (places->items != count)
    return refuse_damaged(reader, places->at + 12,
                          "There must be one place for each fact, rule, "
                          "condition, example, source, promise and assume.");
  if (files->items == 0)
    return refuse_damaged(reader, files->at + 12,
                          "An image with places names their files.");
  return true;
}

/* The counts that the rest of reading rests on. */
static bool check_counts(Reader *reader) {
  const Entry *entries = reader->entries;
  if (entries[LIST_policy].items != 1)
    return refuse_damaged(reader, entries[LIST_policy].at + 12,
                          "An image holds exactly one policy.");
  if (entries[LIST_facts].items > IMAGE_FACTS_MOST)
    return refuse_damaged(reader, entries[LIST_facts].at + 12,
                          "A policy has at most 10,000 facts.");
  if (entries[LIST_rules].items > IMAGE_RULES_MOST)
    return refuse_damaged(reader, entries[LIST_rules].at + 12,
                          "A policy has at most 20,000 rules.");
  return check_places(reader);
}

/* The order of the rules is the tail of the links. */
static bool set_order(Reader *reader) {
  Image *image = reader->image;
  uint32_t rules = image->rules.count;
  if (image->links.count < rules)
    return refuse_damaged(reader,
                          IMAGE_HEADER_SIZE + LIST_links * IMAGE_ENTRY_SIZE,
                          "The order of the rules is not complete.");
  image->order = (Range){image->links.count - rules, rules};
  return true;
}

/* The marks of the verifier go away with it, or with what passes. */
static bool verify(const Reader *reader) {
  Arena scratch;
  jmp_buf escape;
  if (reader->lean)
    return image_verify(reader->passing, reader->image, reader->bytes,
                        reader->fault);
  arena_init(&scratch, reader->arena->memory, reader->arena->limit, &escape);
  scratch.passing = true;
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    arena_escape(reader->arena);
  }
  bool sound = image_verify(&scratch, reader->image, reader->bytes,
                            reader->fault);
  arena_clear(&scratch);
  return sound;
}

/* As many items as the bytes of the section would do for, if one word in four
 * took one: what a small file says of itself is not believed ahead. */
static uint32_t most_items(const Entry *entry, uint32_t words) {
  uint64_t most = UINT64_C(4) * entry->length / words;
  return entry->items < most ? entry->items : (uint32_t)most;
}

/* Most of what a lean image needs while it is read, and more than it keeps,
 * which is little but what counts for the answer. */
static void expect_memory(const Reader *reader) {
  size_t passing = 0, kept = 0;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    const Section *section = &image_sections[i];
    bool records = section->kind == SECTION_OF_RECORDS;
    if (section->number < SECTION_FIRST_PLACE)
      kept += reader->entries[i].length;
    uint32_t items =
        most_items(&reader->entries[i],
                   records ? image_lists[section->list].words : 1);
    if (section->kind == SECTION_OF_CODE)
      passing += items * sizeof(uint32_t);
    else if (records && !is_only_checked(reader, section->list) &&
             records_arena(reader, section->list) == reader->passing)
      passing += (size_t)items * image_lists[section->list].size;
  }
  arena_expect(reader->passing, passing);
  arena_expect(reader->arena, kept);
}

static bool read_image(Reader *reader) {
  memset(reader->image, 0, sizeof *reader->image);
  if (!read_header(reader) || !read_table(reader) || !check_digest(reader) ||
      !check_counts(reader))
    return false;
  if (reader->lean) expect_memory(reader);
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++)
    if (!read_section(reader, i)) return false;
  return set_order(reader) && verify(reader);
}

bool image_read(Arena *arena, Text bytes, Image *image, ImageFault *fault) {
  Reader reader = {.arena = arena, .passing = arena, .bytes = bytes,
                   .image = image, .fault = fault};
  return read_image(&reader);
}

bool image_read_passing(Arena *arena, Arena *passing, Text bytes,
                        Image *image, ImageFault *fault) {
  Reader reader = {.arena = arena, .passing = passing, .lean = true,
                   .bytes = bytes, .image = image, .fault = fault};
  return read_image(&reader);
}
