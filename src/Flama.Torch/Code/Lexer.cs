using System.Text;

namespace Flama.Torch.Code;

/// <summary>Cuts serialized code into tokens.</summary>
internal sealed class Lexer
{
    private const int MaxTokens = 20_000_000;

    private readonly string file;
    private readonly string text;
    private readonly List<Token> tokens = [];
    private readonly Stack<int> indents = new([0]);
    private int position;
    private int line = 1;
    private int brackets;

    private Lexer(string file, string text)
    {
        this.file = file;
        this.text = text;
    }

    /// <summary>The tokens of a file.</summary>
    /// <exception cref="FlamaException">It is not serialized code.</exception>
    public static List<Token> Read(string file, string text) => new Lexer(file, text).Read();

    private List<Token> Read()
    {
        var startsLine = true;
        while (position < text.Length)
        {
            if (startsLine && brackets == 0)
            {
                startsLine = false;
                if (!ReadIndent())
                {
                    startsLine = true;
                    continue;
                }
            }

            var c = text[position];
            if (c == '\n')
            {
                position++;
                if (brackets == 0)
                {
                    Add(TokenKind.NewLine, "");
                    startsLine = true;
                }

                line++;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                position++;
            }
            else if (c == '#')
            {
                SkipLine();
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                Add(TokenKind.Name, Take(static c => char.IsAsciiLetterOrDigit(c) || c == '_'));
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            {
                ReadNumber();
            }
            else if (c is '"' or '\'')
            {
                ReadText(c);
            }
            else
            {
                ReadSymbol(c);
            }
        }

        if (tokens.Count > 0 && tokens[^1].Kind != TokenKind.NewLine)
        {
            Add(TokenKind.NewLine, "");
        }

        while (indents.Pop() > 0)
        {
            Add(TokenKind.Dedent, "");
        }

        Add(TokenKind.End, "");
        return tokens;
    }

    // False where the line is empty.
    private bool ReadIndent()
    {
        var start = position;
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        if (position == text.Length || text[position] is '\n' or '\r' or '#')
        {
            SkipLine();
            if (position < text.Length)
            {
                position++;
                line++;
            }

            return false;
        }

        var width = position - start;
        if (width > indents.Peek())
        {
            indents.Push(width);
            Add(TokenKind.Indent, "");
        }

        while (width < indents.Peek())
        {
            indents.Pop();
            Add(TokenKind.Dedent, "");
        }

        return width == indents.Peek() ? true : throw Problem("its indentation is not that of a block");
    }

    private void SkipLine()
    {
        while (position < text.Length && text[position] != '\n')
        {
            position++;
        }
    }

    private void ReadNumber()
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '.'
            || (text[position] is '+' or '-' && text[position - 1] is 'e' or 'E')))
        {
            position++;
        }

        Add(TokenKind.Number, text[start..position]);
    }

    private void ReadText(char quote)
    {
        position++;
        List<byte> bytes = [];
        while (true)
        {
            if (position >= text.Length || text[position] == '\n')
            {
                throw Problem("a text does not end");
            }

            var c = text[position++];
            if (c == quote)
            {
                break;
            }

            if (c == '\\' && position < text.Length)
            {
                ReadEscape(bytes);
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(char.IsHighSurrogate(c) && position < text.Length ? [c, text[position++]] : [c]));
            }
        }

        Add(TokenKind.Text, Encoding.UTF8.GetString([.. bytes]));
    }

    private void ReadEscape(List<byte> bytes)
    {
        var c = text[position++];
        if (c is >= '0' and <= '7')
        {
            var value = c - '0';
            for (var i = 0; i < 2 && position < text.Length && text[position] is >= '0' and <= '7'; i++)
            {
                value = (value * 8) + (text[position++] - '0');
            }

            bytes.Add((byte)value);
        }
        else if (c == 'x' && position + 2 <= text.Length && byte.TryParse(text.AsSpan(position, 2), System.Globalization.NumberStyles.HexNumber, null, out var hex))
        {
            position += 2;
            bytes.Add(hex);
        }
        else
        {
            bytes.Add((byte)(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', _ => c }));
        }
    }

    private void ReadSymbol(char c)
    {
        if (c == '-' && position + 1 < text.Length && text[position + 1] == '>')
        {
            position += 2;
            Add(TokenKind.Symbol, "->");
            return;
        }

        if (!"()[]{},:=.-*~".Contains(c, StringComparison.Ordinal))
        {
            throw Problem("it has a character that serialized code does not have");
        }

        brackets += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
        position++;
        Add(TokenKind.Symbol, c.ToString());
    }

    private string Take(Func<char, bool> condition)
    {
        var start = position;
        while (position < text.Length && condition(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    private void Add(TokenKind kind, string content)
    {
        if (tokens.Count == MaxTokens)
        {
            throw TorchErrors.Limit($"'{file}' has more than {MaxTokens} tokens");
        }

        tokens.Add(new(kind, content, line));
    }

    private FlamaException Problem(string what) => TorchErrors.Corrupt($"'{SafeText.OneLine(file, 100)}' is not code at line {line}: {what}");
}
