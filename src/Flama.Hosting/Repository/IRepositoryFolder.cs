namespace Flama.Hosting.Repository;

/// <summary>The folder of a model or of a version, on a disk or in a store. Hidden files and folders are not in it.</summary>
internal interface IRepositoryFolder
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The folders in it.</summary>
    IReadOnlyList<IRepositoryFolder> Folders { get; }

    /// <summary>The names of the files in it.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>What its <c>versions.json</c> says, with what is wrong with it.</summary>
    (VersionPins Pins, string? Fault) ReadPins();

    /// <summary>Looks at a file or folder in it.</summary>
    /// <param name="entry">Its name; empty for the folder itself.</param>
    /// <returns>Null when such a thing cannot be loaded from here.</returns>
    FoundFile? Take(string entry);
}
