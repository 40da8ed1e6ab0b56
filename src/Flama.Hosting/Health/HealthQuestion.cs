namespace Flama.Hosting.Health;

/// <summary>What is asked about an application.</summary>
internal enum HealthQuestion
{
    /// <summary>Everything: <c>/health</c>.</summary>
    All,

    /// <summary>Whether the process answers at all: <c>/health/live</c>.</summary>
    Live,

    /// <summary>Whether it shall get traffic: <c>/health/ready</c>.</summary>
    Ready,

    /// <summary>Whether its models have been loaded once: <c>/health/startup</c>.</summary>
    Startup,
}
