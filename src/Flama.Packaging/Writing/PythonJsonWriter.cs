using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Packaging.Writing;

/// <summary>Writes JSON to the byte as the Python original does: its separators, its escapes, its floats.</summary>
internal sealed class PythonJsonWriter(PythonJsonStyle style)
{
    private const int MaxDepth = 512;

    private readonly ArrayBufferWriter<byte> output = new();
    private bool needsComma;
    private int depth;

    public ReadOnlyMemory<byte> Written => output.WrittenMemory;

    public void StartObject() => Start("{"u8);

    public void EndObject() => End("}"u8);

    public void Key(string name)
    {
        String(name);
        output.Write(style == PythonJsonStyle.SpacedAscii ? ": "u8 : ":"u8);
        needsComma = false;
    }

    public void String(string value)
    {
        Separate();
        output.Write("\""u8);
        foreach (var rune in value.EnumerateRunes())
        {
            Character(rune);
        }

        output.Write("\""u8);
    }

    /// <summary>Writes any value; null writes <c>null</c>.</summary>
    /// <exception cref="FlamaException">
    /// The value is nested too deep, or holds a number outside of float64 or half a surrogate pair.
    /// </exception>
    public void Value(JsonElement? value)
    {
        switch (value?.ValueKind)
        {
            case JsonValueKind.Object:
                StartObject();
                foreach (var member in value.Value.EnumerateObject())
                {
                    Key(Text(() => member.Name));
                    Value(member.Value);
                }

                EndObject();
                break;
            case JsonValueKind.Array:
                Start("["u8);
                foreach (var item in value.Value.EnumerateArray())
                {
                    Value(item);
                }

                End("]"u8);
                break;
            case JsonValueKind.String:
                String(Text(() => value.Value.GetString()!));
                break;
            case JsonValueKind.Number:
                Number(value.Value);
                break;
            case JsonValueKind.True:
                Literal("true"u8);
                break;
            case JsonValueKind.False:
                Literal("false"u8);
                break;
            default:
                Literal("null"u8);
                break;
        }
    }

    private static string Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                "A string of the metadata is not valid Unicode (half a surrogate pair).",
                "Correct the string.",
                exception);
        }
    }

    private void Start(ReadOnlySpan<byte> bracket)
    {
        Separate();
        output.Write(bracket);
        needsComma = false;
        if (++depth > MaxDepth)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"The metadata is nested deeper than {MaxDepth} levels.", "Store such data as an artifact.");
        }
    }

    private void End(ReadOnlySpan<byte> bracket)
    {
        output.Write(bracket);
        needsComma = true;
        depth--;
    }

    private void Separate()
    {
        if (needsComma)
        {
            output.Write(style == PythonJsonStyle.SpacedAscii ? ", "u8 : ","u8);
        }

        needsComma = true;
    }

    private void Literal(ReadOnlySpan<byte> text)
    {
        Separate();
        output.Write(text);
    }

    // A whole number of any length stays as it is; Python reads anything with a point or an exponent as float64.
    private void Number(JsonElement value)
    {
        var text = value.GetRawText();
        if (!text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            Literal(Encoding.ASCII.GetBytes(text));
            return;
        }

        var number = value.GetDouble();
        if (!double.IsFinite(number))
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"The number {text} of the metadata is outside of float64.", "Store it as a string.");
        }

        Span<byte> buffer = stackalloc byte[PythonNumber.MaxLength];
        Literal(buffer[..PythonNumber.Format(number, buffer)]);
    }

    private void Character(Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                output.Write("\\\""u8);
                break;
            case '\\':
                output.Write("\\\\"u8);
                break;
            case '\n':
                output.Write("\\n"u8);
                break;
            case '\r':
                output.Write("\\r"u8);
                break;
            case '\t':
                output.Write("\\t"u8);
                break;
            case '\b':
                output.Write("\\b"u8);
                break;
            case '\f':
                output.Write("\\f"u8);
                break;
            case < ' ':
            case >= 0x7F when style == PythonJsonStyle.SpacedAscii:
                Escape(rune);
                break;
            default:
                output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
                break;
        }
    }

    private void Escape(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            output.Write("\\u"u8);
            Utf8Formatter.TryFormat((int)unit, output.GetSpan(4), out var length, new StandardFormat('x', 4));
            output.Advance(length);
        }
    }
}
