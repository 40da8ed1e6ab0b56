namespace Flama.Sklearn.Mixture;

/// <summary>The normal densities of a mixture's components.</summary>
internal interface IComponentDensity
{
    /// <summary>Writes −½ (d ln 2π + |(x − μ)·P|²) + ln |P| for each row and component, P the Cholesky factor of the inverse covariance.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="output">As many rows, one column a component.</param>
    void Write(FeatureBatch input, OutputSlice output);
}
