using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class BesselKTests
{
    // scipy.special.kv.
    [Theory]
    [InlineData(0.7, 1e-16, 167102984658.11194)]
    [InlineData(0.7, 0.3, 2.0605226512839305)]
    [InlineData(0.7, 2, 0.12601327130660878)]
    [InlineData(1, 1e-8, 99999999.9999999)]
    [InlineData(1, 5, 0.004044613445452164)]
    [InlineData(3.3, 0.01, 52608477.68415244)]
    [InlineData(3.3, 30, 2.5489905539655882e-14)]
    [InlineData(0, 1, 0.42102443824070834)]
    [InlineData(10.5, 0.5, 1180539231998.5251)]
    [InlineData(90.2, 20, 4.200399178258529e+45)]
    [InlineData(90.2, 300, 2.5554274531801458e-126)]
    public void Of_OrderAndArgument_IsScipys(double nu, double x, double expected) =>
        Assert.Equal(expected, BesselK.Of(nu, x), expected * 1e-12);

    [Theory]
    [InlineData(25, 1e-15, double.PositiveInfinity)]
    [InlineData(2, 0, double.PositiveInfinity)]
    [InlineData(2.5, 1000, 0)]
    [InlineData(2, -1, double.NaN)]
    [InlineData(2, double.NaN, double.NaN)]
    [InlineData(double.NaN, 2, double.NaN)]
    public void Of_BeyondWhatIsFinite_IsTheLimit(double nu, double x, double expected) => Assert.Equal(expected, BesselK.Of(nu, x));
}
