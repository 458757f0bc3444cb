using CircuitSim.Circuit.Networks;
using CircuitSim.Export.InSitu;
using CircuitSim.Training.InSitu;

namespace CircuitSim.Export.Runs;

/// <summary>What to cite for a run: the methods, models, data and measurements that its numbers rest on.</summary>
public static class Citations
{
    private static readonly Citation Phax = Article("ansari2018phax", "network, training and circuit",
        ["M. Ansari", "A. Fayyazi", "A. Banagozar", "M. A. Maleki", "M. Kamal", "A. Afzali-Kusha", "M. Pedram"],
        "PHAX: Physical characteristics aware ex-situ training framework for inverter-based memristive neuromorphic circuits",
        "IEEE TCAD 37(8):1602-1613, 2018, doi 10.1109/TCAD.2017.2764070",
        ("journal", "IEEE Transactions on Computer-Aided Design of Integrated Circuits and Systems"), ("volume", "37"), ("number", "8"), ("pages", "1602--1613"),
        ("year", "2018"), ("doi", "10.1109/TCAD.2017.2764070"));

    private static readonly Citation McLean = Entry("misc", "mclean_memristor_framework", "training as array operations",
        ["A. McLean", "A. Wong", "K. Ferguson", "A. Fayyazi"],
        "Framework for implementing DNN using memristor arrays", "University of Southern California", ("howpublished", "University of Southern California"));

    private static readonly Citation Ekv = Article("enz1995ekv", "transistors of the shipped inverters",
        ["C. C. Enz", "F. Krummenacher", "E. A. Vittoz"],
        "An analytical MOS transistor model valid in all regions of operation", "Analog Integrated Circuits and Signal Processing 8:83-114, 1995",
        ("journal", "Analog Integrated Circuits and Signal Processing"), ("volume", "8"), ("pages", "83--114"), ("year", "1995"));

    private static readonly Citation Adam = Entry("inproceedings", "kingma2015adam", "optimiser",
        ["D. P. Kingma", "J. Ba"], "Adam: A method for stochastic optimization", "ICLR 2015",
        ("booktitle", "International Conference on Learning Representations (ICLR)"), ("year", "2015"));

    private static readonly Citation Ptm = Article("zhao2006ptm", "capacitance of gates",
        ["W. Zhao", "Y. Cao"], "New generation of predictive technology model for sub-45 nm early design exploration", "IEEE Trans. Electron Devices 53(11):2816-2823, 2006",
        ("journal", "IEEE Transactions on Electron Devices"), ("volume", "53"), ("number", "11"), ("pages", "2816--2823"), ("year", "2006"));

    private static readonly Citation NeuroSim = Article("chen2018neurosim", "capacitance of wires",
        ["P.-Y. Chen", "X. Peng", "S. Yu"],
        "NeuroSim: A circuit-level macro model for benchmarking neuro-inspired architectures in online learning", "IEEE TCAD 37(12):3067-3080, 2018",
        ("journal", "IEEE Transactions on Computer-Aided Design of Integrated Circuits and Systems"), ("volume", "37"), ("number", "12"), ("pages", "3067--3080"), ("year", "2018"));

    private static readonly Citation Maram = Entry("misc", "maram2023resistive", "training inside simulated crossbars",
        ["T. Maram", "R. Barnwal", "B. Bindu"],
        "A deep neural network deployment based on resistive memory accelerator simulation", "arXiv 2304.11337, 2023", ("eprint", "2304.11337"), ("archivePrefix", "arXiv"), ("year", "2023"));

    private static readonly Citation Agarwal = Entry("inproceedings", "agarwal2016requirements", "update tables of devices",
        ["S. Agarwal", "others"],
        "Resistive memory device requirements for a neural algorithm accelerator", "IJCNN 2016, doi 10.1109/IJCNN.2016.7727298",
        ("booktitle", "International Joint Conference on Neural Networks (IJCNN)"), ("year", "2016"), ("doi", "10.1109/IJCNN.2016.7727298"));

    private static readonly Dictionary<string, Citation> ByDataSet = new()
    {
        ["mnist14"] = Mnist(),
        ["mnist"] = Mnist(),
        ["iris"] = Article("fisher1936iris", "data", ["R. A. Fisher"], "The use of multiple measurements in taxonomic problems", "Annals of Eugenics 7:179-188, 1936",
            ("journal", "Annals of Eugenics"), ("volume", "7"), ("pages", "179--188"), ("year", "1936")),
        ["wdbc"] = Entry("misc", "wolberg1995wdbc", "data", ["W. H. Wolberg", "W. N. Street", "O. L. Mangasarian"],
            "Breast Cancer Wisconsin (Diagnostic)", "UCI Machine Learning Repository, 1995", ("howpublished", "UCI Machine Learning Repository"), ("year", "1995")),
        ["wine"] = Entry("misc", "aeberhard1991wine", "data", ["S. Aeberhard", "M. Forina"],
            "Wine", "UCI Machine Learning Repository, 1991", ("howpublished", "UCI Machine Learning Repository"), ("year", "1991")),
    };

    /// <summary>What to cite for an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The works, method first.</returns>
    public static IReadOnlyList<Citation> Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var works = new List<Citation>();
        if (experiment.InSitu is { } inSitu)
        {
            works.AddRange([Maram, Agarwal, Device(InSituExperiment.Open(inSitu.Device).Source)]);
            AddData(works, experiment);
            if (inSitu.Training.Optimizer == InSituOptimizer.Adam) works.Add(Adam);
            return works;
        }

        works.AddRange([Phax, McLean]);
        if (InverterModel.Find(experiment.Circuit.Inverter) is EkvInverter) works.Add(Ekv);
        if (experiment.Device.Card is not ("phax" or DeviceSettings.GenericCard)) works.Add(Device(RunDevice.Card(experiment.Device).Source));
        AddData(works, experiment);
        if (experiment.Train.Optimizer == "adam") works.Add(Adam);
        if (experiment.Speed is { GateFarads: null }) works.Add(Ptm);
        if (experiment.Speed is { SegmentFarads: null }) works.Add(NeuroSim);
        return works;
    }

    internal static IReadOnlyList<string> For(Experiment experiment) => [.. Of(experiment).Select(c => c.Text)];

    private static void AddData(List<Citation> works, Experiment experiment)
    {
        if (ByDataSet.TryGetValue(experiment.Data.Set, out Citation? data)) works.Add(data);
    }

    private static Citation Mnist() => Entry("misc", "lecun1998mnist", "data", ["Y. LeCun", "C. Cortes", "C. J. C. Burges"],
        "The MNIST database of handwritten digits", "1998", ("year", "1998"));

    // A device's source is one line of text, which may name several works.
    private static Citation Device(string source) => new()
    {
        Key = "device_measurements",
        Kind = "misc",
        Reason = "measurements of the device",
        Authors = [],
        Title = source,
        Fields = [],
        Text = source,
    };

    private static Citation Article(string key, string reason, string[] authors, string title, string where, params (string Field, string Value)[] fields) =>
        Entry("article", key, reason, authors, title, where, fields);

    private static Citation Entry(string kind, string key, string reason, string[] authors, string title, string where, params (string Field, string Value)[] fields) => new()
    {
        Key = key,
        Kind = kind,
        Reason = reason,
        Authors = authors,
        Title = title,
        Fields = [.. fields.Select(f => KeyValuePair.Create(f.Field, f.Value))],
        Text = $"{string.Join(", ", authors).Replace(", others", " et al.", StringComparison.Ordinal)}, {title}, {where}",
    };
}
