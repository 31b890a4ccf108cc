#include "runtime/script/syntax/error_grammar.hpp"

#include <string_view>

namespace loopglass::script {

namespace {

// ---- statements on one line
// ------------------------------------------------------------------------
constexpr std::string_view kSimple = R"(
file = statement* END
eval = expressions NEWLINE* END

statement = compound / line
line = simple !';' NEWLINE / ';'.simple+ ';'? NEWLINE
simple@ = assignment
    / &"type" type_alias
    / star_exprs
    / &'return' 'return' star_exprs?
    / &('import' / 'from') import
    / &'raise' raise
    / &'pass' 'pass'
    / &'del' del
    / &'yield' yield_expr
    / &'assert' 'assert' expr (',' expr)?
    / &'break' 'break'
    / &'continue' 'continue'
    / &'global' 'global' ','.NAME+
    / &'nonlocal' 'nonlocal' ','.NAME+

assignment =
      NAME ':' expr ('=' rhs)?
    / ('(' single_target ')' / member_target) ':' expr ('=' rhs)?
    / (star_targets '=')+ (yield_expr / star_exprs) !'='
    / single_target augment ~ (yield_expr / star_exprs)
    / bad_assignment
rhs = yield_expr / star_exprs
augment = '+=' / '-=' / '*=' / '@=' / '/=' / '%=' / '&=' / '|=' / '^=' / '<<=' / '>>=' / '**=' / '//='

raise = 'raise' expr ('from' expr)? / 'raise'
del = 'del' del_targets &(';' / NEWLINE) / bad_del
import = bad_import / 'import' ','.(dotted_name ('as' NAME)?)+ / from_import
from_import =
      'from' ('.' / '...')* dotted_name 'import' import_targets
    / 'from' ('.' / '...')+ 'import' import_targets
import_targets = '(' import_names ','? ')' / import_names !',' / '*' / bad_import_targets
import_names = ','.(NAME ('as' NAME)?)+
dotted_name@ = NAME ('.' NAME)*
type_alias = "type" NAME type_params? '=' expr

bad_assignment =
      bad_annotation_target ':' expr => at 1 `only single target (not %n) can be annotated`
    / star_named ',' star_nameds* ':' expr => at 1 `only single target (not tuple) can be annotated`
    / expr ':' expr => at 1 `illegal target for annotation`
    / (star_targets '=')* star_exprs '=' => call `star-target 2`
    / (star_targets '=')* yield_expr '=' => at 2 `assignment to yield expression not possible`
    / star_exprs augment (yield_expr / star_exprs)
        => at 1 `'%n' is an illegal expression for augmented assignment`
bad_annotation_target = list / tuple / '(' bad_annotation_target ')' -> $2
bad_del = 'del' star_exprs => call `del-target 2`
bad_import =
      'import' ','.dotted_name+ 'from' dotted_name
        => from 1 `Did you mean to use 'from ... import ...' instead?`
    / 'import' NEWLINE => from 2 `Expected one or more names after 'import'`
bad_import_targets =
      import_names ',' NEWLINE => last `trailing comma not allowed without surrounding parentheses`
    / NEWLINE => from 1 `Expected one or more names after 'import'`
)";

// ---- statements with blocks
// ------------------------------------------------------------------------
constexpr std::string_view kCompound = R"(
compound =
      &('def' / '@' / 'async') function
    / &'if' if
    / &('class' / '@') class
    / &('with' / 'async') with
    / &('for' / 'async') for
    / &'try' try
    / &'while' while
    / match

block@ = NEWLINE INDENT statement+ DEDENT / line / bad_block
bad_block = NEWLINE !INDENT => indent 1 `expected an indented block`

decorators = ('@' named NEWLINE)+
class = decorators class_raw / class_raw
class_raw = bad_class / 'class' NAME type_params? ('(' arguments? ')')? ':' block
function = decorators def / def
def =
      bad_def
    / 'def' NAME type_params? '('! params? ')' ('->' expr)? ':'! block
    / 'async' 'def' NAME type_params? '('! params? ')' ('->' expr)? ':'! block

bad_class =
      'class' NAME type_params? ('(' arguments? ')')? NEWLINE => last `expected ':'`
    / 'class' NAME type_params? ('(' arguments? ')')? ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after class definition on line %l`
bad_def = 'async'? 'def' NAME type_params? '(' params? ')' ('->' expr)? ':' NEWLINE !INDENT
        => indent 2 `expected an indented block after function definition on line %l`

if = bad_if / 'if' named ':' block elif / 'if' named ':' block else?
elif = bad_elif / 'elif' named ':' block elif / 'elif' named ':' block else?
else = bad_else / 'else' ':'! block
while = bad_while / 'while' named ':' block else?
for =
      bad_for
    / 'for' star_targets 'in' ~ star_exprs ':' block else?
    / 'async' 'for' star_targets 'in' ~ star_exprs ':' block else?
    / bad_for_target

bad_if =
      'if' named NEWLINE => last `expected ':'`
    / 'if' named ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'if' statement on line %l`
bad_elif =
      'elif' named NEWLINE => last `expected ':'`
    / 'elif' named ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'elif' statement on line %l`
bad_else = 'else' ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'else' statement on line %l`
bad_while =
      'while' named NEWLINE => last `expected ':'`
    / 'while' named ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'while' statement on line %l`
bad_for =
      'async'? 'for' star_targets 'in' star_exprs NEWLINE => last `expected ':'`
    / 'async'? 'for' star_targets 'in' star_exprs ':' NEWLINE !INDENT
        => indent 2 `expected an indented block after 'for' statement on line %l`
bad_for_target = 'async'? 'for' star_exprs => call `for-target 3`

with =
      bad_with_indent
    / 'with' '(' ','.with_item+ ','? ')' ':' block
    / 'with' ','.with_item+ ':' block
    / 'async' 'with' '(' ','.with_item+ ','? ')' ':' block
    / 'async' 'with' ','.with_item+ ':' block
    / bad_with
with_item = expr 'as' star_target &(',' / ')' / ':') / bad_with_item / expr
bad_with_item = expr 'as' expr &(',' / ')' / ':') => call `star-target 3`
bad_with =
      'async'? 'with' ','.(expr ('as' star_target)?)+ NEWLINE => last `expected ':'`
    / 'async'? 'with' '(' ','.(expressions ('as' star_target)?)+ ','? ')' NEWLINE
        => last `expected ':'`
bad_with_indent =
      'async'? 'with' ','.(expr ('as' star_target)?)+ ':' NEWLINE !INDENT
        => indent 2 `expected an indented block after 'with' statement on line %l`
    / 'async'? 'with' '(' ','.(expressions ('as' star_target)?)+ ','? ')' ':' NEWLINE !INDENT
        => indent 2 `expected an indented block after 'with' statement on line %l`

try =
      bad_try
    / 'try' ':'! block finally
    / 'try' ':'! block except+ else? finally?
    / 'try' ':'! block except_star+ else? finally?
except =
      bad_except_indent
    / 'except' expr ('as' NAME)? ':' block
    / 'except' ':' block
    / bad_except
except_star =
      bad_except_star_indent
    / 'except' '*' expr ('as' NAME)? ':' block
    / bad_except
finally = bad_finally / 'finally' ':'! block

bad_try =
      'try' ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'try' statement on line %l`
    / 'try' ':' block !('except' / 'finally') => last `expected 'except' or 'finally' block`
    / 'try' ':' block* except+ 'except' '*' expr ('as' NAME)? ':'
        => range 5 6 `cannot have both 'except' and 'except*' on the same 'try'`
    / 'try' ':' block* except_star+ 'except' (expr ('as' NAME)?)? ':'
        => at 5 `cannot have both 'except' and 'except*' on the same 'try'`
bad_except =
      'except' '*'? expr ',' expressions ('as' NAME)? ':'
        => from 3 `multiple exception types must be parenthesized`
    / 'except' '*'? expr ('as' NAME)? NEWLINE => last `expected ':'`
    / 'except' NEWLINE => last `expected ':'`
    / 'except' '*' (NEWLINE / ':') => last `expected one or more exception types`
bad_except_indent =
      'except' expr ('as' NAME)? ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'except' statement on line %l`
    / 'except' ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'except' statement on line %l`
bad_except_star_indent = 'except' '*' expr ('as' NAME)? ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'except*' statement on line %l`
bad_finally = 'finally' ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'finally' statement on line %l`
)";

// ---- match
// -----------------------------------------------------------------------------------------
constexpr std::string_view kMatch = R"(
match = "match" subject ':' NEWLINE INDENT case+ DEDENT / bad_match
subject = star_named ',' star_nameds? / named
case = bad_case / "case" patterns guard? ':' block
guard = 'if' named
bad_match =
      "match" subject NEWLINE => last `expected ':'`
    / "match" subject ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'match' statement on line %l`
bad_case =
      "case" patterns guard? NEWLINE => last `expected ':'`
    / "case" patterns guard? ':' NEWLINE !INDENT
        => indent 1 `expected an indented block after 'case' statement on line %l`

patterns = open_sequence / pattern
pattern = as_pattern / or_pattern
as_pattern = or_pattern 'as' capture / bad_as_pattern
bad_as_pattern =
      or_pattern 'as' "_" => at 3 `cannot use '_' as a target`
    / or_pattern 'as' !NAME expr => at 3 `invalid pattern target`
or_pattern = '|'.closed_pattern+
closed_pattern@ =
      literal_pattern
    / capture
    / "_"
    / attr !('.' / '(' / '=')
    / '(' pattern ')'
    / '[' maybe_sequence? ']'
    / '(' open_sequence? ')'
    / mapping_pattern
    / class_pattern
literal_pattern = signed_number !('+' / '-') / complex / strings / 'None' / 'True' / 'False'
signed_number = NUMBER / '-' NUMBER
complex = signed_number '+' NUMBER / signed_number '-' NUMBER
capture = !"_" NAME !('.' / '(' / '=')
attr@ = NAME ('.' NAME)+
name_or_attr@ = NAME ('.' NAME)*
open_sequence = maybe_star ',' maybe_sequence?
maybe_sequence = ','.maybe_star+ ','?
maybe_star = star_pattern / pattern
star_pattern@ = '*' capture / '*' "_"
mapping_pattern =
      '{' '}'
    / '{' '**' capture ','? '}'
    / '{' ','.key_pattern+ ',' '**' capture ','? '}'
    / '{' ','.key_pattern+ ','? '}'
key_pattern = (literal_pattern / attr) ':' pattern
class_pattern =
      name_or_attr '(' ')'
    / name_or_attr '(' ','.pattern+ ','? ')'
    / name_or_attr '(' ','.keyword_pattern+ ','? ')'
    / name_or_attr '(' ','.pattern+ ',' ','.keyword_pattern+ ','? ')'
    / bad_class_pattern
keyword_pattern = NAME '=' pattern
bad_class_pattern =
      name_or_attr '(' (','.pattern+ ',')? ','.keyword_pattern+ ',' ','.pattern+
        => range 6 6 `positional patterns follow keyword patterns`
)";

// ---- parameters: once for def, once for lambda
// ------------------------------------------------------- {X} prefixes the rules, {END} ends the
// list, {PARAM} and {STARRED} are a parameter and that behind *.
constexpr std::string_view kParameters = R"(
{X}params = bad_{X}params / {X}parameters
{X}parameters =
      {X}slash {X}plain* {X}default* {X}star?
    / {X}slash_default {X}default* {X}star?
    / {X}plain+ {X}default* {X}star?
    / {X}default+ {X}star?
    / {X}star
{X}slash = {X}plain+ '/' ',' / {X}plain+ '/' &{END}
{X}slash_default = {X}plain* {X}default+ '/' ',' / {X}plain* {X}default+ '/' &{END}
{X}star =
      bad_{X}star
    / '*' {X}plain {X}maybe* {X}kwds?
    {STARRED}
    / '*' ',' {X}maybe+ {X}kwds?
    / {X}kwds
{X}kwds = bad_{X}kwds / '**' {X}plain
{X}plain = {X}param ',' -> $1 / {X}param &{END} -> $1
{X}default = {X}param default ',' / {X}param default &{END}
{X}maybe = {X}param default? ',' / {X}param default? &{END}
{X}param = {PARAM}

bad_{X}params =
      '/' ',' => at 1 `at least one argument must precede /`
    / ({X}slash / {X}slash_default) {X}maybe* '/' => at 3 `/ may appear only once`
    / {X}slash? {X}plain* bad_{X}helper {X}plain
        => at 4 `parameter without a default follows parameter with a default`
    / {X}plain* '(' {LIST} ','? ')' => range 2 5 `{WHAT} parameters cannot be parenthesized`
    / ({X}slash / {X}slash_default)? {X}maybe* '*' (',' / {X}plain) {X}maybe* '/'
        => at 6 `/ must be ahead of *`
    / {X}maybe+ '/' '*' => at 3 `expected comma between / and *`
bad_{X}helper = {X}slash_default / {X}default+
bad_{X}star =
      '*' ({END} / ',' ({END} / '**')) => {BARE} `named arguments must follow bare *`
    / '*' {X}param '=' => at 3 `var-positional argument cannot have default value`
    / '*' ({X}plain / ',') {X}maybe* '*' ({X}plain / ',')
        => at 4 `* argument may appear only once`
bad_{X}kwds =
      '**' {X}param '=' => at 3 `var-keyword argument cannot have default value`
    / '**' {X}param ',' {X}param => at 4 `arguments cannot follow var-keyword argument`
    / '**' {X}param ',' ('*' / '**' / '/') => at 4 `arguments cannot follow var-keyword argument`
)";

constexpr std::string_view kParameterParts = R"(
default = '=' expr / bad_default
bad_default = '=' &(')' / ',') => at 1 `expected default value expression`

type_params = bad_type_params / '[' ','.type_param+ ','? ']'
bad_type_params = '[' ']' => from 2 `Type parameter list cannot be empty`
type_param@ =
      NAME (':' expr)? ('=' expr)?
    / type_param_mistake
    / '*' NAME ('=' star_expr)?
    / '**' NAME ('=' expr)?
type_param_mistake =
      '*' NAME ':' expr => call `bound 3 4 TypeVarTuple`
    / '**' NAME ':' expr => call `bound 3 4 ParamSpec`
)";

// ---- expressions
// -----------------------------------------------------------------------------------
constexpr std::string_view kExpressions = R"(
expressions = expr (',' expr)+ ','? -> tuple / expr ',' -> tuple / expr
expr@ =
      bad_expression
    / bad_legacy
    / disjunction 'if' disjunction 'else' expr -> conditional_expression
    / disjunction
    / lambda
without_errors =
      disjunction 'if' disjunction 'else' expr -> conditional_expression
    / disjunction
    / lambda
yield_expr = 'yield' 'from' expr -> yield_expression / 'yield' star_exprs? -> yield_expression
star_exprs = star_expr (',' star_expr)+ ','? -> tuple / star_expr ',' -> tuple / star_expr
star_expr@ = '*' bitwise_or -> starred / expr
star_nameds = ','.star_named+ ','?
star_named = '*' bitwise_or -> starred / named
assignment_expr = NAME ':=' ~ expr -> named_expression
named = assignment_expr / bad_named / expr !':='

disjunction@ = conjunction ('or' conjunction)+ -> expression / conjunction
conjunction@ = inversion ('and' inversion)+ -> expression / inversion
inversion@ = 'not' inversion -> expression / comparison
comparison = bitwise_or compare_pair+ -> comparison / bitwise_or
compare_pair =
      '==' bitwise_or / '!=' bitwise_or / '<=' bitwise_or / '<' bitwise_or / '>=' bitwise_or
    / '>' bitwise_or / 'not' 'in' bitwise_or / 'in' bitwise_or -> in / 'is' 'not' bitwise_or
    / 'is' bitwise_or
bitwise_or@ = bitwise_xor ('|' bitwise_xor)* -> fold expression
bitwise_xor@ = bitwise_and ('^' bitwise_and)* -> fold expression
bitwise_and@ = shift ('&' shift)* -> fold expression
shift@ = sum (('<<' / '>>') sum)* -> fold expression
sum@ = plain_sum !bad_arithmetic -> $1
plain_sum = term (('+' / '-') term)* -> fold expression
term@ = factor (('*' / '/' / '//' / '%' / '@') factor)* -> fold expression
factor@ =
      '+' factor -> expression / '-' factor -> expression / '~' factor -> expression
    / bad_factor
    / power
power = awaited '**' factor -> expression / awaited
awaited@ = 'await' primary -> await_expression / primary
primary@ = atom trailer* -> fold
trailer =
      '.' NAME -> attribute
    / genexp -> function_call
    / '(' arguments? ')' -> function_call
    / '[' slices ']' -> subscript
slices = slice !',' / ','.(slice / starred)+ ','? -> tuple
slice = expr? ':' expr? (':' expr?)? / named
lambda = 'lambda' l_params? ':' expr -> lambda

atom =
      NAME
    / 'True' -> True
    / 'False' -> False
    / 'None' -> None
    / &(STRING / FSTART) strings
    / NUMBER -> literal
    / &'(' (tuple / group / genexp)
    / &'[' (list / listcomp)
    / &'{' (dict / set / dictcomp / setcomp)
    / '...' -> ellipsis
group = '(' (yield_expr / named) ')' -> $2 / bad_group
list = '[' star_nameds? ']' -> list
tuple = '(' (star_named ',' star_nameds?)? ')' -> tuple
set = '{' star_nameds '}' -> set_display
dict = '{' dict_items? '}' -> dict_literal / '{' dict_mistake '}'
dict_items = ','.dict_item+ ','?
dict_item = '**' bitwise_or / key_value
key_value = expr ':' expr
listcomp = '[' named for_clauses ']' -> list_comprehension / bad_comprehension
setcomp = '{' named for_clauses '}' -> set_comprehension / bad_comprehension
genexp = '(' (assignment_expr / expr !':=') for_clauses ')' -> generator_expression / bad_comprehension
dictcomp = '{' key_value for_clauses '}' -> dict_comprehension / bad_dict_comprehension
for_clauses = for_clause+
for_clause =
      'async' 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
    / 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
    / for_mistake
    / bad_for_target

strings@ = (fstring / STRING)+ -> literal
fstring = FSTART fstring_part* FEND
fstring_part = field / FMIDDLE
field = '{' rhs '='? ('!' NAME)? (':' spec_part*)? '}' / bad_field
spec_part = FMIDDLE / field
)";

// ---- calls and targets
// -------------------------------------------------------------------------------
constexpr std::string_view kCalls = R"(
arguments@ = args ','? &')' / bad_arguments
args = ','.positional+ (',' kwargs)? -> args / kwargs -> kwargs_only
positional = starred / (assignment_expr / expr !':=') !'='
kwargs = ','.star_keyword+ ',' ','.double_star_keyword+ / ','.star_keyword+ / ','.double_star_keyword+
starred = bad_starred / '*' expr -> starred / '*' => last `Invalid star expression`
star_keyword = bad_keyword / NAME '=' expr -> keyword / starred
double_star_keyword = bad_keyword / NAME '=' expr -> keyword / '**' expr -> double_star

star_targets = star_target !',' / star_target (',' star_target)* ','?
star_target@ = '*' (!'*' star_target) / atom_target
atom_target@ = t_primary '.' NAME !t_look / t_primary '[' slices ']' !t_look / star_atom
star_atom =
      NAME
    / '(' atom_target ')'
    / '(' (star_target (',' star_target)+ ','? / star_target ',')? ')'
    / '[' (','.star_target+ ','?)? ']'
single_target = member_target / NAME / '(' single_target ')'
member_target = t_primary '.' NAME !t_look / t_primary '[' slices ']' !t_look
t_primary@ = atom &t_look (trailer &t_look)*
t_look = '(' / '[' / '.'
del_targets = ','.del_target+ ','?
del_target@ = t_primary '.' NAME !t_look / t_primary '[' slices ']' !t_look / del_atom
del_atom = NAME / '(' del_target ')' / '(' del_targets? ')' / '[' del_targets? ']'
)";

// ---- mistakes in expressions
// -------------------------------------------------------------------------
constexpr std::string_view kMistakes = R"(
bad_expression =
      !(NAME STRING / SOFT_KEYWORD) disjunction without_errors => call `comma 1 2`
    / disjunction 'if' disjunction !('else' / ':')
        => range 1 3 `expected 'else' after 'if' expression`
    / 'lambda' l_params? ':' &FMIDDLE
        => range 1 3 `f-string: lambda expressions are not allowed without parentheses`
bad_legacy = NAME !'(' star_exprs => call `legacy 1 2`
bad_named@ =
      expr ':=' expr => at 1 `cannot use assignment expressions with %n`
    / NAME '=' bitwise_or !('=' / ':=')
        => range 1 3 `invalid syntax. Maybe you meant '==' or ':=' instead of '='?`
    / !(list / tuple / genexp / 'True' / 'None' / 'False') bitwise_or '=' bitwise_or !('=' / ':=')
        => at 1 `cannot assign to %n here. Maybe you meant '==' instead of '='?`
bad_arithmetic = ('+' / '-' / '*' / '/' / '%' / '//' / '@') 'not' inversion
        => range 2 3 `'not' after an operator must be parenthesized`
bad_factor = ('+' / '-' / '~') 'not' factor
        => range 2 3 `'not' after an operator must be parenthesized`
bad_group =
      '(' starred ')' => at 2 `cannot use starred expression here`
    / '(' '**' expr ')' => at 2 `cannot use double starred expression here`
bad_comprehension =
      ('[' / '(' / '{') starred for_clauses
        => at 2 `iterable unpacking cannot be used in comprehension`
    / ('[' / '{') star_named ',' star_nameds for_clauses
        => range 2 4 `did you forget parentheses around the comprehension target?`
    / ('[' / '{') star_named ',' for_clauses
        => range 2 3 `did you forget parentheses around the comprehension target?`
bad_dict_comprehension = '{' '**' bitwise_or for_clauses '}'
        => at 2 `dict unpacking cannot be used in dict comprehension`
for_mistake = 'async'? 'for' (bitwise_or (',' bitwise_or)* ','?) !'in'
        => last `'in' expected after for-loop variables`
dict_mistake =
      ','.dict_item+ ',' pair_mistake
    / expr ':' '*' bitwise_or => from 3 `cannot use a starred expression in a dictionary value`
    / expr ':' &('}' / ',') => at 2 `expression expected after dictionary key and ':'`
pair_mistake =
      expr !(':') => call `dict-colon 1`
    / expr ':' '*' bitwise_or => from 3 `cannot use a starred expression in a dictionary value`
    / expr ':' &('}' / ',') => at 2 `expression expected after dictionary key and ':'`
bad_starred = '*' expr '=' expr => range 1 4 `cannot assign to iterable argument unpacking`
bad_arguments =
      (','.positional+ ',' kwargs / kwargs) ',' ','.(starred !'=')+
        => from 2 `iterable argument unpacking follows keyword argument unpacking`
    / expr for_clauses ',' (args / expr for_clauses)?
        => call `genexp 1 2`
    / NAME '=' expr for_clauses
        => range 1 2 `invalid syntax. Maybe you meant '==' or ':=' instead of '='?`
    / (args ',')? NAME '=' &(',' / ')') => range 2 3 `expected argument value expression`
    / args for_clauses => call `genexp-in-call 1 2`
    / args ',' expr for_clauses => call `genexp 3 4`
    / args ',' args => call `positional 1`
bad_keyword =
      ('True' -> True / 'False' -> False / 'None' -> None) '=' => range 1 2 `cannot assign to %n`
    / NAME '=' expr for_clauses
        => range 1 2 `invalid syntax. Maybe you meant '==' or ':=' instead of '='?`
    / !(NAME '=') expr '='
        => range 1 2 `expression cannot contain assignment, perhaps you meant "=="?`
bad_field =
      '{' '=' => at 2 `f-string: valid expression required before '='`
    / '{' '!' => at 2 `f-string: valid expression required before '!'`
    / '{' ':' => at 2 `f-string: valid expression required before ':'`
    / '{' '}' => at 2 `f-string: valid expression required before '}'`
    / '{' !rhs => next `f-string: expecting a valid expression after '{'`
    / '{' rhs !('=' / '!' / ':' / '}') => next `f-string: expecting '=', or '!', or ':', or '}'`
    / '{' rhs '=' !('!' / ':' / '}') => next `f-string: expecting '!', or ':', or '}'`
    / '{' rhs '='? bad_conversion
    / '{' rhs '='? ('!' NAME)? !(':' / '}') => next `f-string: expecting ':' or '}'`
    / '{' rhs '='? ('!' NAME)? ':' spec_part* !'}'
        => next `f-string: expecting '}', or format specs`
    / '{' rhs '='? ('!' NAME)? !'}' => next `f-string: expecting '}'`
bad_conversion =
      '!' &(':' / '}') => next `f-string: missing conversion character`
    / '!' !NAME => next `f-string: invalid conversion character`
)";

struct Substitution {
    std::string_view from;
    std::string_view to;
};

std::string fill_in(std::string_view text, std::initializer_list<Substitution> substitutions) {
    std::string out(text);
    for (const auto& [from, to] : substitutions) {
        for (size_t at = out.find(from); at != std::string::npos; at = out.find(from, at))
            out.replace(at, from.size(), to);
    }
    return out;
}

}  // namespace

std::string error_grammar_text() {
    std::string text;
    for (const std::string_view part :
         {kSimple, kCompound, kMatch, kParameterParts, kExpressions, kCalls, kMistakes})
        text += part;
    text += fill_in(kParameters,
                    {{"{X}", "d_"},
                     {"{END}", "')'"},
                     {"{PARAM}", "NAME (':' expr)?"},
                     {"{STARRED}", "/ '*' NAME ':' star_expr (',' / &')') d_maybe* d_kwds?"},
                     {"{LIST}", "d_plain+"},
                     {"{BARE}", "at 1"},
                     {"{WHAT}", "Function"}});
    text += fill_in(kParameters, {{"{X}", "l_"},
                                  {"{END}", "':'"},
                                  {"{PARAM}", "NAME"},
                                  {"{STARRED}", ""},
                                  {"{LIST}", "','.l_param+"},
                                  {"{BARE}", "last"},
                                  {"{WHAT}", "Lambda expression"}});
    text += "\nparams = d_params\n";
    return text;
}

}  // namespace loopglass::script
