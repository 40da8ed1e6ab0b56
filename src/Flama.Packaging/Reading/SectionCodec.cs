using Flama.Compression;

namespace Flama.Packaging.Reading;

/// <summary>The codec numbers of binary packages (protocols 1 and 2).</summary>
internal static class SectionCodec
{
    /// <summary>In a section of protocol 2: the codec of the file's header.</summary>
    public const byte Inherit = 0x00;

    /// <summary>bzip2.</summary>
    public const byte Bz2 = 1;

    /// <summary>zlib.</summary>
    public const byte Zlib = 3;

    /// <summary>In a section of protocol 2: not compressed.</summary>
    public const byte None = 0xFF;

    private const byte Lzma = 2;

    private static readonly string[] Names = ["inherit", "bz2", "lzma", "zlib", "zstd"];

    private static ReadOnlySpan<byte> XzMagic => [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00];

    /// <summary>Whether a file header may name the number.</summary>
    public static bool IsNamed(uint number) => number is >= 1 and <= 4;

    /// <summary>The original's name of a number; null for none.</summary>
    public static string? NameOf(byte number) => number == None ? null : Names[number];

    /// <summary>What a section's leading byte means.</summary>
    /// <exception cref="FlamaException">The byte means nothing (<see cref="ErrorCodes.UnknownCodec"/>).</exception>
    public static byte Read(PackageFile file, byte value, byte header, string part) => value switch
    {
        Inherit => header,
        None => None,
        _ when IsNamed(value) => value,
        _ => throw Unknown(file, $"0x{value:X2}", part),
    };

    public static FlamaException Unknown(PackageFile file, string number, string part) => new(
        ErrorCodes.UnknownCodec,
        $"'{file.Name}': the {part} is compressed with codec {number}, which is not known.",
        "Known are 1 bz2, 2 lzma, 3 zlib, 4 zstd. Package the model again with one of these, or use a newer version.");

    /// <summary>Finds the decoder of a section.</summary>
    /// <remarks>Number 2 is an .xz container when Flama 1.12 wrote it and bare LZMA when 2.x did; its first bytes tell.</remarks>
    public static Codec Resolve(PackageFile file, Section section)
    {
        var name = Names[section.Codec];
        if (section.Codec == Lzma)
        {
            Span<byte> magic = stackalloc byte[6];
            magic = magic[..(int)Math.Min(magic.Length, section.Length)];
            file.Source.Read(section.Offset, magic);
            name = magic.SequenceEqual(XzMagic) ? "xz" : name;
        }

        return CodecTable.Find(name) ?? throw new FlamaException(
            ErrorCodes.UnsupportedFormat,
            $"'{file.Name}': the {section.Part} is compressed with {name}, which this build cannot read.",
            "Package the model again with zlib.");
    }
}
