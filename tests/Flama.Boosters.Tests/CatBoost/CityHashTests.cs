using System.Text;
using Flama.Boosters.CatBoost;
using Flama.Boosters.CatBoost.Numerics;

namespace Flama.Boosters.Tests.CatBoost;

public sealed class CityHashTests
{
    [Theory]
    [InlineData("", 11160318154034397263)]
    [InlineData("1", 11413460447292444913)]
    [InlineData("12", 12074748272894662792)]
    [InlineData("abc", 4220206313085259313)]
    [InlineData("1234", 11914632649014994877)]
    [InlineData("12345678", 7177601938557627951)]
    [InlineData("123456789", 12390271160407166709)]
    [InlineData("1234567890AbcDE", 1470766631700230904)]
    [InlineData("1234567890abcdef", 10283158570132023530)]
    [InlineData("4RNfAbDSysH78xK5s", 16686325262955297357)]
    [InlineData("1234567890abcdefghijklmnopqrstuvwxyz", 6062807976406716385)]
    [InlineData("How can you write a big system without C++?  -Paul Glick", 6237945311650045625)]
    [InlineData("7zxsqkZNsEoNfRz83hct4HH5ytE3SFvx0MX9ACbDDBZhtUcR30pGvmJIPAoXwJCq", 12341453991847893643)]
    [InlineData("DSDXf2J5gvPZWtzo4qdrdbXw6qGKkVuzrV7zEZA3x6xNnGdQdSTr7YocaJWpgDgzq", 12363235829494951337)]
    [InlineData("DMqhuXQxgAmJ9EOkT1n2lpzu7YD6zKc6ESSDWfJfohaQDwu0ba61bfGMiuS5GXpr0bIVcCtLwRtIVGmK", 12512298373611890505)]
    public void Of_PublishedText_IsPublishedHash(string text, ulong expected)
    {
        var hash = CityHash.Of(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, hash);
    }

    [Theory]
    [InlineData("v12", 2817370621)]
    [InlineData("v04", 507701726)]
    [InlineData("2", 3010176887)]
    [InlineData("Never-married", 1959200218)]
    [InlineData("Married-civ-spouse", 2275057210)]
    [InlineData("Asian-Pac-Islander", 3507001211)]
    [InlineData("Married-spouse-absent", 261588508)]
    public void Of_CategoryOfATrainedModel_IsTheHashInItsFile(string category, uint expected)
    {
        var hash = CategoryHash.Of(category);

        Assert.Equal(expected, (uint)hash);
    }

    [Fact]
    public void Of_TextOfAnyLength_IsTheHashOfItsBytes()
    {
        for (var length = 0; length < 400; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('à' + (i % 20))));

            Assert.Equal((int)CityHash.Of(Encoding.UTF8.GetBytes(text)), CategoryHash.Of(text));
        }
    }
}
