using System.Text;

namespace Flama.Compression.Tests;

/// <summary>The samples that the fixtures hold compressed; <c>tests/fixtures/compression/samples.py</c> makes the same bytes.</summary>
internal static class Samples
{
    private static readonly string[] Words =
        ("model layer weight bias input output shape batch epoch loss score label class tree node leaf split depth "
        + "scale mean value index column row token array float train test predict").Split(' ');

    private static readonly Dictionary<string, Lazy<byte[]>> All = new(StringComparer.Ordinal)
    {
        ["empty"] = new(() => []),
        ["one"] = new(() => "x"u8.ToArray()),
        ["short"] = new(() => Text(3, 1500)),
        ["text"] = new(() => Text(1, 20_000)),
        ["zeros"] = new(() => new byte[1 << 20]),
        ["random"] = new(() => Random(2, 4000)),
        ["letters"] = new(() => Letters(4, 8000)),
        ["letters2"] = new(() => Letters(6, 18_000)),
        ["records"] = new(() => Records(7, 3200)),
        ["mixed"] = new(() => Mixed(5, 1_200_000)),
    };

    /// <summary>A sample by name, or several that follow each other: <c>short+text</c>.</summary>
    public static byte[] Of(string names) => [.. names.Split('+').SelectMany(name => All[name].Value)];

    public static byte[] Random(ulong seed, int size)
    {
        var generator = new Generator(seed);
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)generator.Next(256);
        }

        return bytes;
    }

    public static byte[] Text(ulong seed, int size)
    {
        var generator = new Generator(seed);
        var text = new StringBuilder();
        while (text.Length < size)
        {
            text.Append(Words[generator.Next(Words.Length)]);
            text.Append(generator.Next(8) == 0 ? ".\n" : " ");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, size));
    }

    private static byte[] Letters(ulong seed, int size)
    {
        var generator = new Generator(seed);
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)(40 + Math.Min(generator.Next(64), generator.Next(64)));
        }

        return bytes;
    }

    private static byte[] Records(ulong seed, int size)
    {
        var generator = new Generator(seed);
        var bytes = new List<byte>();
        while (bytes.Count < size)
        {
            for (var i = 0; i < 8; i++)
            {
                bytes.Add((byte)generator.Next(256));
            }

            bytes.AddRange("constant"u8);
        }

        return [.. bytes.Take(size)];
    }

    private static byte[] Mixed(ulong seed, int size)
    {
        var generator = new Generator(seed);
        var bytes = new List<byte>(Text(seed, 12_000));
        while (bytes.Count < size)
        {
            var kind = generator.Next(16);
            if (kind < 12)
            {
                var length = 100 + generator.Next(3000);
                var start = bytes.Count - length - generator.Next(Math.Min(bytes.Count - length, 60_000));
                bytes.AddRange(bytes.GetRange(start, length));
            }
            else if (kind == 12)
            {
                var length = 1000 + generator.Next(10_000);
                bytes.AddRange(bytes.GetRange(generator.Next(bytes.Count - length), length));
            }
            else if (kind == 13)
            {
                var value = (byte)generator.Next(256);
                bytes.AddRange(Enumerable.Repeat(value, 1 + generator.Next(4000)));
            }
            else if (kind == 14)
            {
                var period = Random((ulong)generator.Next(1 << 20), 2 + generator.Next(20));
                bytes.AddRange(Enumerable.Repeat(period, 1 + generator.Next(40)).SelectMany(part => part));
            }
            else
            {
                bytes.AddRange(Random((ulong)generator.Next(1 << 20), 1 + generator.Next(40)));
            }
        }

        return [.. bytes.Take(size)];
    }
}
