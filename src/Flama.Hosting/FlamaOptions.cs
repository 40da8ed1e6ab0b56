using Flama.Hosting.Batching;
using Flama.Hosting.Updating;

namespace Flama.Hosting;

/// <summary>What a user decides about an application that has models. Read once, when the application starts.</summary>
public sealed class FlamaOptions
{
    /// <summary>The title of the API in its OpenAPI document and on the docs page. Default <c>Flama</c>.</summary>
    public string Title { get; set; } = "Flama";

    /// <summary>The version of the API in its OpenAPI document. Default <c>0.1.0</c>.</summary>
    public string Version { get; set; } = "0.1.0";

    /// <summary>The description of the API in its OpenAPI document. Default <c>Fire up with the flame</c>.</summary>
    public string Description { get; set; } = "Fire up with the flame";

    /// <summary>
    /// On how many threads the rows of one call may be computed, 1 or more. Batches of a few hundred rows and more are divided.
    /// Default 1: calls share the processors among themselves.
    /// </summary>
    public int MaxDegreeOfParallelism { get; set; } = 1;

    /// <summary>
    /// How long an application that is asked to stop goes on to serve, with its readiness false, before the requests at hand get the host's shutdown timeout to
    /// end; for load balancers to notice. Zero or more; it counts into the host's own <c>HostOptions.ShutdownTimeout</c>, which has to be longer. Default zero.
    /// </summary>
    public TimeSpan StopDelay { get; set; }

    /// <summary>
    /// Whether answers keep to themselves what a model is made of: class, framework, parameters, metrics and files. Inspection then shows id and time only; health, the OpenAPI
    /// document and errors do not name the class. Default false.
    /// </summary>
    public bool HidesInternals { get; set; }

    /// <summary>Where health is answered beside the application's own endpoints.</summary>
    public HealthOptions Health { get; } = new();

    /// <summary>What a new version of a model has to show before it takes the place of the one that serves.</summary>
    public UpdateOptions Updates { get; } = new();

    /// <summary>How requests of a model that come at the same time are computed together; null (default) for each by itself. A model can have others.</summary>
    public BatchingOptions? Batching { get; set; }

    /// <summary>The engines that load models. The package <c>Flama</c> adds the managed ones; others are added here.</summary>
    public ModelEngines Engines { get; } = new();
}
