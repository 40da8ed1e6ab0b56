using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class NanDistanceTests
{
    [Fact]
    public void Measure_RowsWithGaps_ScalesUpWhatIsInCommon()
    {
        var rows = new Matrix([2, 2, double.NaN, double.NaN, double.NaN, double.NaN, 1, 1, 1], 3, 3);
        var distances = new double[3];

        new NanDistance(rows, double.IsNaN).Measure([1, double.NaN, 3], distances);

        Assert.Equal([Math.Sqrt(3), double.NaN, Math.Sqrt(6)], distances);
    }
}
