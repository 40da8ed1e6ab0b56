namespace Flama.Sklearn.PyGam;

/// <summary>The models of <c>pygam</c>.</summary>
internal static class PyGamModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("ExpectileGAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
        new("GAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
        new("GammaGAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
        new("InvGaussGAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
        new("LinearGAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
        new("LogisticGAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
        new("PoissonGAM", state => new GeneralizedAdditiveModel(state), "pygam.pygam"),
    ];
}
