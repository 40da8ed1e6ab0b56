namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Text that grows and is used again.</summary>
internal sealed class TextBuffer
{
    private char[] units = new char[1024];

    /// <summary>How many UTF-16 units there are.</summary>
    public int Length { get; private set; }

    /// <summary>How many there is room for.</summary>
    public int Capacity => units.Length;

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Text => units.AsSpan(0, Length);

    /// <summary>Forgets the text.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds room at the end, to be filled in; <see cref="Length"/> counts it already.</summary>
    public Span<char> Extend(int count)
    {
        var end = checked(Length + count);
        if (end > units.Length)
        {
            Array.Resize(ref units, (int)Math.Min(Math.Max(end, 2L * units.Length), Array.MaxLength));
        }

        var room = units.AsSpan(Length, count);
        Length = end;
        return room;
    }

    /// <summary>Adds one unit.</summary>
    public void Add(char unit)
    {
        if (Length < units.Length)
        {
            units[Length++] = unit;
        }
        else
        {
            Extend(1)[0] = unit;
        }
    }

    /// <summary>Adds text.</summary>
    public void Add(ReadOnlySpan<char> text) => text.CopyTo(Extend(text.Length));

    /// <summary>Takes back units from the end.</summary>
    public void Shorten(int count) => Length -= count;
}
