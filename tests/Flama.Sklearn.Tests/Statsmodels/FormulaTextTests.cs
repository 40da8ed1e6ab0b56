using Flama.Sklearn.Statsmodels.Formulas;

namespace Flama.Sklearn.Tests.Statsmodels;

public sealed class FormulaTextTests
{
    [Theory]
    [InlineData("a:b", "a|b")]
    [InlineData("C(a, levels=['x:y'])[T.u:v]:np.log(b)", "C(a, levels=['x:y'])[T.u:v]|np.log(b)")]
    [InlineData("shop[T.men's]:price", "shop[T.men's]|price")]
    public void SplitFactors_Name_IsCutOutsideBracketsAndQuotes(string name, string expected) =>
        Assert.Equal(expected, string.Join('|', FormulaText.SplitFactors(name)));

    [Theory]
    [InlineData("C(a)[T.x]", "C(a)", "T.x")]
    [InlineData("C(a, levels=[1, 2])[T.[x]]", "C(a, levels=[1, 2])", "T.[x]")]
    public void TakeSuffix_FactorWithALevel_IsCutAtTheOuterBracket(string factor, string expression, string suffix) =>
        Assert.Equal((expression, suffix), FormulaText.TakeSuffix(factor));

    [Fact]
    public void TakeSuffix_Plain_IsNull() => Assert.Null(FormulaText.TakeSuffix("np.log(a)"));

    [Theory]
    [InlineData("C(a, Sum)", "a")]
    [InlineData("bs(np.log(a, 2), df=4)", "np.log(a, 2)")]
    [InlineData("C(a", "a")]
    [InlineData(")C(a", "a")]
    public void FirstArgument_Call_IsFoundEvenWhereTheCallDoesNotEnd(string call, string expected) => Assert.Equal(expected, FormulaText.FirstArgument(call));
}
