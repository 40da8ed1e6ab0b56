using System.Globalization;
using System.Text;
using Flama.Json;

namespace Flama.Tests.Json;

public class JsonNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    [InlineData("9007199254740992", 9007199254740992)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568e29)]
    [InlineData("0.1", 0.1)]
    [InlineData("-2.50", -2.5)]
    [InlineData("1.0000000000000000000000", 1)]
    [InlineData("0.00000000000000000000001", 1e-23)]
    [InlineData("1e23", 1e23)]
    [InlineData("1E+2", 100)]
    [InlineData("4.9406564584124654e-324", double.Epsilon)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    public void Parse_Number_IsNearestFloat64(string token, double expected)
    {
        var value = JsonNumber.Parse(Encoding.UTF8.GetBytes(token));

        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("-0", false)]
    [InlineData("-0.0", true)]
    [InlineData("-0e0", true)]
    public void Parse_NegativeZero_KeepsSignOnlyOfFloats(string token, bool negative)
    {
        var value = JsonNumber.Parse(Encoding.UTF8.GetBytes(token));

        Assert.Equal(0, value);
        Assert.Equal(negative, double.IsNegative(value));
    }

    [Fact]
    public void Parse_RandomDecimals_AgreesWithTheGeneralRoutine()
    {
        var random = new Random(65_537);

        for (var i = 0; i < 100_000; i++)
        {
            var digits = random.NextInt64(0, 1L << random.Next(1, 62)).ToString(CultureInfo.InvariantCulture);
            var zeros = new string('0', random.Next(0, 12));
            var token = random.Next(3) switch
            {
                0 => digits,
                1 => $"{random.Next(100)}.{zeros}{digits}",
                _ => $"-0.{digits}",
            };

            var expected = double.Parse(token, CultureInfo.InvariantCulture);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(JsonNumber.Parse(Encoding.UTF8.GetBytes(token))));
        }
    }

    [Fact]
    public void Parse_AMillionDigits_IsExact()
    {
        var token = Encoding.UTF8.GetBytes("0." + new string('3', 1_000_000));

        Assert.Equal(1.0 / 3.0, JsonNumber.Parse(token));
    }
}
