namespace Flama.Sklearn;

/// <summary>One line of a module's list.</summary>
/// <param name="Name">The Python class name.</param>
/// <param name="Create">Makes the estimator of its attributes.</param>
/// <param name="Modules">The Python modules the class has lived in, the newest first.</param>
internal sealed record EstimatorEntry(string Name, Func<EstimatorState, Estimator> Create, params string[] Modules);
