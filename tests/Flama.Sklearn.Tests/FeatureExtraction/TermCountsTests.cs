using Flama.Sklearn.FeatureExtraction.Text;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class TermCountsTests
{
    [Fact]
    public void Add_ManyColumns_SumsEachAndKeepsTheirOrder()
    {
        var random = new Random(3);
        var counts = new TermCounts();
        Dictionary<int, double> expected = [];
        List<int> order = [];
        for (var i = 0; i < 5000; i++)
        {
            var column = random.Next(0, int.MaxValue) % 1500 * 1024;
            if (!expected.TryAdd(column, i))
            {
                expected[column] += i;
            }
            else
            {
                order.Add(column);
            }

            counts.Add(column, i);
        }

        Assert.Equal(order, counts.Columns.ToArray());
        Assert.Equal(order.Select(column => expected[column]), counts.Values.ToArray());
    }

    [Fact]
    public void Clear_AfterGrowing_ForgetsAll()
    {
        var counts = new TermCounts();
        for (var i = 0; i < 1000; i++)
        {
            counts.Add(i, 1);
        }

        counts.Clear();
        counts.Add(7, 2);

        Assert.Equal([7], counts.Columns.ToArray());
        Assert.Equal([2.0], counts.Values.ToArray());
    }
}
