namespace Flama.Data;

/// <summary>What a data resource answers.</summary>
[Flags]
public enum ResourceVerbs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>POST</c> of the collection adds a record.</summary>
    Create = 1,

    /// <summary><c>GET</c> of a record shows it.</summary>
    Retrieve = 1 << 1,

    /// <summary><c>PUT</c> of a record replaces it.</summary>
    Update = 1 << 2,

    /// <summary><c>PATCH</c> of a record changes some of its members (JSON Merge Patch, RFC 7396).</summary>
    PartialUpdate = 1 << 3,

    /// <summary><c>DELETE</c> of a record takes it away.</summary>
    Delete = 1 << 4,

    /// <summary><c>GET</c> of the collection shows a page of it, filtered and ordered.</summary>
    List = 1 << 5,

    /// <summary><c>PUT</c> of the collection replaces all of it by a list of records.</summary>
    Replace = 1 << 6,

    /// <summary><c>PATCH</c> of the collection replaces or adds the records of a list and leaves the others.</summary>
    PartialReplace = 1 << 7,

    /// <summary><c>DELETE</c> of the collection takes all records away.</summary>
    Drop = 1 << 8,

    /// <summary>What only reads.</summary>
    Read = Retrieve | List,

    /// <summary>Everything.</summary>
    All = Create | Retrieve | Update | PartialUpdate | Delete | List | Replace | PartialReplace | Drop,
}
