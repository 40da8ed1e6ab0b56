namespace Flama.Trees.Tests;

public sealed class RoundSumsTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 0 }, 1)]
    [InlineData(new[] { 0, 1, 2, 0, 1 }, 3)]
    [InlineData(new[] { 0, 1, 1, 0 }, 0)]
    [InlineData(new[] { 1, 0 }, 0)]
    [InlineData(new int[0], 0)]
    public void PeriodOf_Columns_IsTheirNumberWhenTheyTakeTurns(int[] columns, int expected)
    {
        var period = RoundSums.PeriodOf(columns);

        Assert.Equal(expected, period);
    }

    [Theory]
    [InlineData(1, 0, 5)]
    [InlineData(3, 0, 64)]
    [InlineData(3, 64, 7)]
    [InlineData(5, 63, 2)]
    [InlineData(9, 4, 0)]
    public void Add_Terms_IsTheSumTermByTerm(int period, int first, int count)
    {
        var random = new Random(period + count);
        double[] terms = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        double[] sums = [.. Enumerable.Range(0, period).Select(_ => random.NextDouble())];
        double[] expected = [.. sums];
        for (var i = 0; i < count; i++)
        {
            expected[(first + i) % period] += terms[i];
        }

        RoundSums.Add(sums, period, first, terms);

        Assert.Equal(expected, sums);
    }
}
