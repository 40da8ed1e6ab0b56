namespace Flama.Torch.Code;

/// <summary>Parses a file of serialized code: classes, functions and their statements.</summary>
internal sealed partial class Parser
{
    private const int MaxDepth = 200;

    private readonly string file;
    private readonly List<Token> tokens;
    private int position;
    private int depth;

    private Parser(string file, List<Token> tokens)
    {
        this.file = file;
        this.tokens = tokens;
    }

    private Token Current => tokens[position];

    /// <summary>Parses a file.</summary>
    /// <exception cref="FlamaException">It is not serialized code.</exception>
    public static Module Parse(string file, string text) => new Parser(file, Lexer.Read(file, text)).ParseModule();

    private Module ParseModule()
    {
        Dictionary<string, Class> classes = new(StringComparer.Ordinal);
        Dictionary<string, Function> functions = new(StringComparer.Ordinal);
        while (Current.Kind != TokenKind.End)
        {
            if (TakeName("class"))
            {
                var parsed = ParseClass();
                classes[parsed.Name] = parsed;
            }
            else if (TakeName("def"))
            {
                var parsed = ParseFunction();
                functions[parsed.Name] = parsed;
            }
            else if (Current.Kind == TokenKind.NewLine)
            {
                position++;
            }
            else
            {
                SkipStatement();
            }
        }

        return new(classes, functions);
    }

    // Imports and constants of enumerations, which no program that can be lowered needs.
    private void SkipStatement()
    {
        if (!IsName("import") && !IsName("from"))
        {
            throw Problem("a class or function is expected");
        }

        while (Current.Kind is not (TokenKind.NewLine or TokenKind.End))
        {
            position++;
        }
    }

    private Class ParseClass()
    {
        var name = Name();
        string? @base = null;
        if (Take("("))
        {
            @base = Name();
            Expect(")");
        }

        List<KeyValuePair<string, Expression>> fields = [];
        Dictionary<string, Expression> constants = new(StringComparer.Ordinal);
        Dictionary<string, Function> methods = new(StringComparer.Ordinal);
        BeginBlock();
        while (!EndBlock())
        {
            if (TakeName("def"))
            {
                var method = ParseFunction();
                methods[method.Name] = method;
            }
            else if (!TakeName("pass"))
            {
                ParseMember(fields, constants);
                EndLine();
            }
            else
            {
                EndLine();
            }
        }

        return new(name, @base, fields, constants, methods);
    }

    private void ParseMember(List<KeyValuePair<string, Expression>> fields, Dictionary<string, Expression> constants)
    {
        var name = Name();
        if (Take("["))
        {
            // __annotations__["0"] = Type
            name = Current.Kind == TokenKind.Text ? Current.Text : throw Problem("the name of an attribute is expected");
            position++;
            Expect("]");
            Expect("=");
            fields.Add(new(name, ParseExpression()));
            return;
        }

        if (Take(":"))
        {
            var type = ParseExpression();
            if (Take("="))
            {
                constants[name] = ParseExpression();
                if (type is not Expression.Item { Target: Expression.Name { Id: "Final" } })
                {
                    fields.Add(new(name, type));
                }
            }
            else
            {
                fields.Add(new(name, type));
            }

            return;
        }

        Expect("=");
        constants[name] = ParseExpression();
    }

    private Function ParseFunction()
    {
        var name = Name();
        List<Parameter> parameters = [];
        Expect("(");
        while (!Take(")"))
        {
            if (!Take("*"))
            {
                var parameter = Name();
                var type = Take(":") ? ParseExpression() : null;
                parameters.Add(new(parameter, type, Take("=") ? ParseExpression() : null));
            }

            if (!Take(",") && !IsSymbol(")"))
            {
                throw Problem("')' is expected");
            }
        }

        var returns = Take("->") ? ParseExpression() : null;
        return new(name, file, parameters, returns, ParseBlock());
    }

    private void BeginBlock()
    {
        Expect(":");
        EndLine();
        if (Current.Kind != TokenKind.Indent)
        {
            throw Problem("a block is expected");
        }

        position++;
    }

    private bool EndBlock()
    {
        if (Current.Kind != TokenKind.Dedent)
        {
            return false;
        }

        position++;
        return true;
    }

    private void EndLine()
    {
        if (Current.Kind != TokenKind.NewLine)
        {
            throw Problem($"'{SafeText.OneLine(Current.Text, 20)}' is not expected");
        }

        position++;
    }

    private string Name()
    {
        if (Current.Kind != TokenKind.Name)
        {
            throw Problem("a name is expected");
        }

        return tokens[position++].Text;
    }

    private bool IsName(string name) => Current.Kind == TokenKind.Name && string.Equals(Current.Text, name, StringComparison.Ordinal);

    private bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && string.Equals(Current.Text, symbol, StringComparison.Ordinal);

    private bool TakeName(string name)
    {
        var isHere = IsName(name);
        position += isHere ? 1 : 0;
        return isHere;
    }

    private bool Take(string symbol)
    {
        var isHere = IsSymbol(symbol);
        position += isHere ? 1 : 0;
        return isHere;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Problem($"'{symbol}' is expected");
        }
    }

    private FlamaException Problem(string what) => TorchErrors.Corrupt($"'{SafeText.OneLine(file, 100)}' is not code at line {Current.Line}: {what}");
}
