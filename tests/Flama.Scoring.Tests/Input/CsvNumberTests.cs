using System.Globalization;
using System.Text;
using Flama.Scoring.Input;

namespace Flama.Scoring.Tests.Input;

public sealed class CsvNumberTests
{
    private const int Numbers = 200_000;

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0", 0.0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("007", 7.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-5.", -5.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("0.12345678901234567", 0.12345678901234567)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890.0)]
    public void TryParsePlain_Number_IsTheNearest(string text, double expected)
    {
        Assert.True(CsvNumber.TryParsePlain(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1-")]
    [InlineData("NaN")]
    public void TryParsePlain_AnyOtherForm_IsLeftToTheGeneralRoutine(string text)
    {
        Assert.False(CsvNumber.TryParsePlain(Encoding.UTF8.GetBytes(text), out _));
    }

    // The base library's routine is the oracle: bit for bit.
    [Fact]
    public void TryParsePlain_RandomDecimals_AreWhatTheBaseLibraryReads()
    {
        Random random = new(5);

        for (var i = 0; i < Numbers; i++)
        {
            var digits = random.NextInt64(1L << random.Next(1, 62)).ToString(CultureInfo.InvariantCulture);
            var point = random.Next(digits.Length + 1);
            var text = $"{(random.Next(2) == 0 ? "-" : "")}{digits[..point]}.{digits[point..]}";

            Assert.True(CsvNumber.TryParsePlain(Encoding.UTF8.GetBytes(text), out var value), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), value);
        }
    }
}
