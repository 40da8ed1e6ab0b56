using System.Globalization;

namespace Flama.Torch.Code;

/// <content>Expressions.</content>
internal sealed partial class Parser
{
    private void Enter()
    {
        if (++depth > MaxDepth)
        {
            throw TorchErrors.Limit($"'{SafeText.OneLine(file, 100)}' nests deeper than {MaxDepth} at line {Current.Line}");
        }
    }

    // What hangs on what: a.b(c)[d] is a tree as deep as it has links.
    private Expression ParseExpression()
    {
        var before = depth;
        Enter();
        var expression = ParseAtom();
        while (IsSymbol(".") || IsSymbol("(") || IsSymbol("["))
        {
            Enter();
            var line = Current.Line;
            if (Take("."))
            {
                expression = new Expression.Member(line, expression, Name());
            }
            else if (Take("("))
            {
                expression = ParseCall(line, expression);
            }
            else
            {
                position++;
                var items = ParseItems("]", out var isTuple);
                expression = new Expression.Item(line, expression, items.Count == 1 && !isTuple ? items[0] : new Expression.Tuple(line, items));
            }
        }

        depth = before;
        return expression;
    }

    private Expression ParseAtom()
    {
        var token = Current;
        position++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Expression.Constant(token.Line, NumberOf(token.Text));
            case TokenKind.Text:
                return new Expression.Constant(token.Line, token.Text);
            case TokenKind.Name:
                return token.Text switch
                {
                    "True" => new Expression.Constant(token.Line, true),
                    "False" => new Expression.Constant(token.Line, false),
                    "None" => new Expression.Constant(token.Line, null),
                    "inf" => new Expression.Constant(token.Line, double.PositiveInfinity),
                    "nan" => new Expression.Constant(token.Line, double.NaN),
                    _ => new Expression.Name(token.Line, token.Text),
                };
            case TokenKind.Symbol:
                return ParseBracket(token);
            default:
                position--;
                throw Problem("an expression is expected");
        }
    }

    private Expression ParseBracket(Token token)
    {
        switch (token.Text)
        {
            case "-":
                return new Expression.Constant(token.Line, ParseNegative());
            case "(":
                var items = ParseItems(")", out var isTuple);
                return items.Count == 1 && !isTuple ? items[0] : new Expression.Tuple(token.Line, items);
            case "[":
                return new Expression.List(token.Line, ParseItems("]", out _));
            case "{":
                List<KeyValuePair<Expression, Expression>> entries = [];
                while (!Take("}"))
                {
                    var key = ParseExpression();
                    Expect(":");
                    entries.Add(new(key, ParseExpression()));
                    if (!Take(",") && !IsSymbol("}"))
                    {
                        throw Problem("'}' is expected");
                    }
                }

                return new Expression.Dict(token.Line, entries);
            default:
                position--;
                throw Problem("an expression is expected");
        }
    }

    private List<Expression> ParseItems(string end, out bool hasComma)
    {
        List<Expression> items = [];
        hasComma = false;
        while (!Take(end))
        {
            items.Add(ParseExpression());
            if (Take(","))
            {
                hasComma = true;
            }
            else if (!IsSymbol(end))
            {
                throw Problem($"'{end}' is expected");
            }
        }

        hasComma |= items.Count == 0;
        return items;
    }

    private Expression.Call ParseCall(int line, Expression callee)
    {
        List<Expression> arguments = [];
        List<KeyValuePair<string, Expression>> keywords = [];
        while (!Take(")"))
        {
            if (Current.Kind == TokenKind.Name && tokens[position + 1] is { Kind: TokenKind.Symbol, Text: "=" })
            {
                var name = Name();
                position++;
                keywords.Add(new(name, ParseExpression()));
            }
            else
            {
                arguments.Add(ParseExpression());
            }

            if (!Take(",") && !IsSymbol(")"))
            {
                throw Problem("')' is expected");
            }
        }

        return new(line, callee, arguments, keywords);
    }

    private object NumberOf(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Problem($"'{SafeText.OneLine(text, 30)}' is not a number");
    }

    // A number, or one of those that have names.
    private object ParseNegative()
    {
        object value = Current switch
        {
            { Kind: TokenKind.Number, Text: var text } => NumberOf(text),
            { Kind: TokenKind.Name, Text: "inf" } => double.PositiveInfinity,
            { Kind: TokenKind.Name, Text: "nan" } => double.NaN,
            _ => throw Problem("a number is expected"),
        };
        position++;
        return Negative(value);
    }

    private static object Negative(object value) => value switch
    {
        long whole => (object)(-whole),
        double and 9223372036854775808.0 => long.MinValue,
        _ => -(double)value,
    };
}
