using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests.Json;

public class PythonNumberTests
{
    [Fact]
    public void Format_EveryNumberOfTheTable_IsWhatPythonPrints()
    {
        var buffer = new byte[PythonNumber.MaxLength];
        var lines = File.ReadAllLines(Fixtures.PathOf("json", "python-floats.txt"));

        foreach (var line in lines)
        {
            var (value, expected) = Split(line);
            var length = PythonNumber.Format(value, buffer);
            Assert.Equal(expected, Encoding.UTF8.GetString(buffer, 0, length));
        }

        Assert.True(lines.Length > 4_000);
    }

    [Fact]
    public void Parse_EveryNumberOfTheTable_ReadsBackTheSameBits()
    {
        foreach (var line in File.ReadLines(Fixtures.PathOf("json", "python-floats.txt")))
        {
            var (value, text) = Split(line);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(JsonNumber.Parse(Encoding.UTF8.GetBytes(text))));
        }
    }

    [Fact]
    public void TryParse_EveryTextOfTheTable_IsWhatPythonReads()
    {
        foreach (var line in File.ReadLines(Fixtures.PathOf("json", "python-float-texts.txt")))
        {
            var at = line.IndexOf(' ', StringComparison.Ordinal);
            using var quoted = JsonDocument.Parse(line[(at + 1)..]);
            var text = quoted.RootElement.GetString()!;
            var read = PythonNumber.TryParse(text, out var value);

            var shown = !read ? "error" : double.IsNaN(value) ? "nan" : BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
            var expected = line[..at] is "7ff8000000000000" or "fff8000000000000" ? "nan" : line[..at];
            Assert.Equal($"{expected} {text}", $"{shown} {text}");
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Write_NotFinite_IsNull(double value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            PythonNumber.Write(writer, value);
        }

        Assert.Equal("null", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Format_SmallBuffer_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PythonNumber.Format(1, new byte[PythonNumber.MaxLength - 1]));

    private static (double Value, string Text) Split(string line) =>
        (BitConverter.Int64BitsToDouble(long.Parse(line.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture)), line[17..]);
}
