using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.Tests.Preprocessing;

public sealed class ProductTermListTests
{
    // The order of itertools.combinations(_with_replacement), degree by degree.
    [Theory]
    [InlineData(3, false, "0 1 2 00 01 02 11 12 22 000 001 002 011 012 022 111 112 122 222")]
    [InlineData(3, true, "0 1 2 01 02 12 012")]
    public void TryExtend_DegreeThree_ListsCombinationsInOrder(int features, bool isDistinct, string expected)
    {
        var list = new ProductTermList(features, isDistinct, 1000);

        Assert.True(list.TryExtend(3));

        Assert.Equal(expected, string.Join(' ', list.Terms.Select((_, i) => NameOf(list.Terms, i))));
    }

    [Fact]
    public void CountBelow_Degree_CountsLowerDegrees()
    {
        var list = new ProductTermList(3, false, 1000);
        list.TryExtend(3);

        Assert.Equal([0, 3, 9, 19], Enumerable.Range(1, 4).Select(list.CountBelow));
    }

    [Theory]
    [InlineData(1000, 3)]
    [InlineData(2, int.MaxValue)]
    [InlineData(0, int.MaxValue)]
    [InlineData(100_000, 1)]
    public void TryExtend_TooManyTerms_SaysSo(int features, int degree) => Assert.False(new ProductTermList(features, false, 10_000).TryExtend(degree));

    private static string NameOf(IReadOnlyList<ProductTerm> terms, int index) =>
        terms[index].Rest < 0 ? $"{terms[index].Feature}" : $"{terms[index].Feature}{NameOf(terms, terms[index].Rest)}";
}
