using System.Globalization;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Skops;

/// <summary>The header of an array file: a Python dict of <c>descr</c>, <c>fortran_order</c> and <c>shape</c>.</summary>
internal sealed class NpyHeader
{
    private const int DeepestNesting = 16;

    private readonly string text;
    private int position;

    /// <summary>Reads a header.</summary>
    public NpyHeader(string text)
    {
        this.text = text;
        Expect('{');
        while (!Take('}'))
        {
            var key = ReadText();
            Expect(':');
            switch (key)
            {
                case "descr":
                    Type = ReadType(0);
                    break;
                case "fortran_order":
                    IsFortran = ReadWord() switch
                    {
                        "True" => true,
                        "False" => false,
                        _ => throw NpyReader.Wrong("fortran_order is neither True nor False"),
                    };
                    break;
                case "shape":
                    Shape = ReadShape();
                    break;
                default:
                    throw NpyReader.Wrong($"its header speaks of '{ValueDescription.Safe(key)}'");
            }

            Take(',');
        }

        if (Type is null || Shape is null)
        {
            throw NpyReader.Wrong("its header has no type or shape");
        }
    }

    /// <summary>The elements' type.</summary>
    public DType Type { get; }

    /// <summary>Whether the bytes are column-major.</summary>
    public bool IsFortran { get; }

    /// <summary>The lengths.</summary>
    public int[] Shape { get; }

    // A code, or a list of (name, type[, shape]).
    private DType ReadType(int nesting)
    {
        if (nesting > DeepestNesting)
        {
            throw NpyReader.Wrong("its records nest too deep");
        }

        if (!Take('['))
        {
            return DTypeReader.FromCode(ReadText());
        }

        var fields = new List<DTypeField>();
        var size = 0;
        while (!Take(']'))
        {
            Expect('(');
            var name = ReadText();
            Expect(',');
            var type = ReadType(nesting + 1);
            Expect(')');
            Take(',');
            if (name.Length > 0)
            {
                type.IsUsed = true;
                fields.Add(new DTypeField(name, type, size));
            }

            size = checked(size + type.ItemSize);
        }

        var record = new DType(DTypeKind.Record, size);
        record.Complete(size, bigEndian: false, fields);
        return record;
    }

    private int[] ReadShape()
    {
        Expect('(');
        var lengths = new List<int>();
        while (!Take(')'))
        {
            lengths.Add(int.TryParse(ReadWord().TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? length
                : throw NpyReader.Wrong("its shape is not of whole numbers"));
            Take(',');
        }

        return [.. lengths];
    }

    private string ReadText()
    {
        Skip();
        if (position >= text.Length || text[position] is not ('\'' or '"'))
        {
            throw NpyReader.Wrong("its header is not as numpy writes it");
        }

        var end = text.IndexOf(text[position], position + 1);
        if (end < 0)
        {
            throw NpyReader.Wrong("its header ends within a string");
        }

        var found = text[(position + 1)..end];
        position = end + 1;
        return found;
    }

    private string ReadWord()
    {
        Skip();
        var start = position;
        while (position < text.Length && char.IsAsciiLetterOrDigit(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    private bool Take(char symbol)
    {
        Skip();
        var found = position < text.Length && text[position] == symbol;
        position += found ? 1 : 0;
        return found;
    }

    private void Expect(char symbol)
    {
        if (!Take(symbol))
        {
            throw NpyReader.Wrong($"its header has no '{symbol}' where one is due");
        }
    }

    private void Skip()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }
}
