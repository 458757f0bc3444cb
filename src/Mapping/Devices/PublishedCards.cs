namespace CircuitSim.Mapping.Devices;

/// <summary>Device cards that ship, each of one published technology.</summary>
public static class PublishedCards
{
    // Assumptions that concern one part of a card alone.
    private const string MonteCarloSpread = "The spread is the Monte Carlo option of the authors' code (10 % of the resistance at 3 sigma, normal in resistance), not a measurement.";
    private const string WanInterpolation = "Between 1 s, 1 day and 2 days the standard deviation is interpolated linearly in the logarithm of time.";
    private const string WanIndependence = "What relaxation adds after 1 s is independent of the error at 1 s; the papers give the spread of all devices only.";
    private const string WanReadNoise = "Read noise of about 1 % of the largest conductance, as aihwkit advises beside its fit.";
    private const string PcmExponent = "The drift exponent is normal and may be negative (1.5 % of the devices at 1 µS); aihwkit takes its absolute value.";
    private const string StuckPlace = "Where unresponsive devices are stuck is not given: they are drawn uniformly over the window.";
    private const string MeanNonlinearity = "Every device has the mean nonlinearity I(0.5 V)/I(0.25 V) = 2.989; its spread of 0.369 over the devices is left out.";
    private const string SiOxSpread = "The lognormal spread of 0.25 is a value that the authors chose to study, not a measurement.";
    private const string SiOxStuck = "The share of 5 % of devices stuck at the highest conductance is a value that the authors chose to study, not a measurement.";
    private const string LevelTable = "Assumed: the level table, a RESET state with median 5 µS and SET levels from 20 to 160 µS in steps of 20 µS.";
    private const string ResetSpread = "Assumed: the RESET state is lognormal with 0.5 in ln G and does not relax.";
    private const string SetSpread = "Unverified: one SET pulse leaves a normal spread of 15 % at 20 µS that falls linearly to 5 % at 160 µS.";
    private const string FirstSecond = "Assumed: relaxation in the first second adds the spread of card hfo2-milo, extrapolated below 50 µS; later times add 0.4 µS a decade.";
    private const string CmoRelaxation = "Relaxation is added to what programming left, independently of it and of the state.";

    private const string CrossSim = "coefficients as coded in CrossSim 3, simulator/devices/custom";
    private const string Aihwkit = "coefficients as coded in IBM aihwkit, inference/noise";
    private const double OneDay = 86_400;
    private const double SetSiemens = 20e-6;

    /// <summary>The memristor of PHAX: 0.12 to 7.9 µS (8.33 MΩ to 126.6 kΩ), write threshold 4 V.</summary>
    /// <remarks>
    /// A Yakopcic model, I = a1·x·sinh(b·V) with a1 = 1.6e-4 A and b = 0.05 /V, so that G = 8.0e-6·x S for x from 0.015 to 0.985.
    /// At 0.25 V the sinh departs from a straight line by 0.0026 %.
    /// </remarks>
    public static DeviceCard Phax { get; } = new(
        "phax", 0.12e-6, 7.9e-6,
        "Ansari et al., PHAX, IEEE TCAD 37(8), 2018, doi 10.1109/TCAD.2017.2764070; device of Lu et al., ASP-DAC 2011")
    {
        Technology = "Yakopcic memristor model of PHAX",
        Validity = "0.12 to 7.9 µS; reads below the write threshold of 4 V",
        Assumptions = [MonteCarloSpread],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [MonteCarloSpread] = DevicePart.ProgrammingError,
        },
        ProgrammingError = new ResistanceProgrammingError(0.1 / 3) { Source = "Monte Carlo option of the PHAX authors' code, weight2x_analog.m: gauss(R, 10 %, 3 sigma)" },
        Conduction = new YakopcicConduction(0.05) { Source = "Yakopcic model with b = 0.05 /V: memr_generalized.va of the authors' code", MaximumVolts = 4 },
    };

    /// <summary>HfO2 RRAM after incremental gate-voltage programming with verify, 50 to 225 µS.</summary>
    public static DeviceCard HfO2Milo { get; } = new(
        "hfo2-milo", 50e-6, 225e-6, $"Milo et al., IRPS 2021, Fig. 4; {CrossSim}/RRAM_Milo.py")
    {
        Technology = "HfO2 RRAM, 1T1R",
        Validity = "50 to 225 µS; reads up to ±0.5 V",
        ProgrammingError = new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(4.782321, -0.009107))
        {
            Source = "Milo et al., IRPS 2021, Fig. 4 (IGVVA-100)",
            IsAfterVerify = true,
        },
        Conduction = new MiloConduction { Source = $"Milo et al., IRPS 2021; {CrossSim}/RRAM_Milo.py", MaximumVolts = 0.5 },
    };

    /// <summary>RRAM of the NeuRRAM chip with its relaxation over two days, 0 to 40 µS.</summary>
    public static DeviceCard NeurramWan { get; } = new(
        "neurram-wan", 0, 40e-6, $"Wan et al., Nature 608, 2022, Extended Data Fig. 3; {Aihwkit}/reram.py (fit at 1 s, 1 d, 2 d)")
    {
        Technology = "RRAM of the NeuRRAM chip, 1T1R",
        Validity = "0 to 40 µS; 1 s to 2 days after programming",
        Assumptions =
        [
            WanInterpolation,
            WanIndependence,
            WanReadNoise,
        ],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [WanInterpolation] = DevicePart.Drift,
            [WanIndependence] = DevicePart.Drift,
            [WanReadNoise] = DevicePart.ReadNoise,
        },
        ProgrammingError = new GaussianProgrammingError(WanSpread(0.348, 16.030, -43.853, 45.393, -16.815)) { Source = "Wan et al., 1 s after programming", IsAfterVerify = true },
        Drift = new SpreadGrowth(
            (1, WanSpread(0.348, 16.030, -43.853, 45.393, -16.815)),
            (OneDay, WanSpread(0.701, 22.086, -50.773, 47.095, -16.458)),
            (2 * OneDay, WanSpread(0.782, 20.274, -43.507, 37.062, -11.934)))
        {
            Source = "Wan et al., 1 s, 1 day and 2 days after programming",
            FirstSeconds = 1,
            LastSeconds = 2 * OneDay,
        },
        ReadNoise = new ConstantReadNoise(0.4e-6) { Source = $"{Aihwkit}/reram.py: about 1 %" },
    };

    /// <summary>The same chip 1 s after programming in another group's fit, 0 to 39.26 µS.</summary>
    public static DeviceCard NeurramWanCubic { get; } = new(
        "neurram-wan-cubic", 0, 39.26e-6, $"Wan et al., Nature 608, 2022, Extended Data Fig. 3; {CrossSim}/RRAM_Wan.py (cubic fit at 1 s)")
    {
        Technology = "RRAM of the NeuRRAM chip, 1T1R",
        Validity = "0 to 39.26 µS; 1 s after programming",
        ProgrammingError = new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(1.053, 0.2374, -1.167e-2, 1.536e-4)) { Source = "Wan et al., 1 s after programming", IsAfterVerify = true },
    };

    /// <summary>CMO/HfOx ReRAM programmed within 0.2 % of the target, 9 to 88.2 µS.</summary>
    public static DeviceCard CmoHfOx { get; } = Cmo("cmo-hfox", "0.2 %", 0.00081107, 0.00106879);

    /// <summary>CMO/HfOx ReRAM programmed within 2 % of the target, 9 to 88.2 µS.</summary>
    public static DeviceCard CmoHfOxCoarse { get; } = Cmo("cmo-hfox-coarse", "2 %", 0.0112185391, 0.01129027418);

    /// <summary>Phase-change memory after iterative programming, 0 to 25 µS.</summary>
    public static DeviceCard PcmJoshi { get; } = new(
        "pcm-joshi", 0, 25e-6, $"Joshi et al., Nature Communications 11, 2473, 2020; {CrossSim}/PCM_Joshi.py")
    {
        Technology = "phase-change memory",
        Validity = "0 to 25 µS; 27.36 s after programming",
        ProgrammingError = new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(0.28638599, 0.07585724, -0.00178767)) { Source = "Joshi et al., 27.36 s after programming", IsAfterVerify = true },
    };

    /// <summary>Phase-change memory with drift that depends on the state and with 1/f noise, 0 to 25 µS.</summary>
    public static DeviceCard PcmNandakumar { get; } = new(
        "pcm-nandakumar", 0, 25e-6, $"Nandakumar et al., ICECS 2019; {Aihwkit}/pcm.py")
    {
        Technology = "phase-change memory",
        Validity = "0 to 25 µS; from 20 s after programming, no end stated",
        Assumptions = [PcmExponent],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [PcmExponent] = DevicePart.Drift,
        },
        ProgrammingError = new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(25e-6, [0.26348, 1.9650, -1.1731])) { Source = "Nandakumar et al., ICECS 2019", IsAfterVerify = true },
        Drift = new PowerLawDrift(25e-6, new ClippedLogarithm(-0.0155, 0.0244, 0.049, 0.1), new ClippedLogarithm(-0.0125, -0.0059, 0.008, 0.045))
        {
            Source = "Nandakumar et al., ICECS 2019: exponent against conductance, reference 20 s",
            FirstSeconds = 20,
        },
        ReadNoise = new FlickerReadNoise(25e-6, 0.0088, 0.65, 0.2, 250e-9) { Source = "Nandakumar et al., ICECS 2019: 1/f noise, reads of 250 ns" },
    };

    /// <summary>Ta/HfO2 array in which 11 % of the devices do not respond.</summary>
    public static DeviceCard TaHfO2Li { get; } = new(
        "ta-hfo2-li", 100e-6, 900e-6, "Li et al., Nature Communications 9, 2385, 2018, abstract: 11 % of the devices in a 128 x 64 1T1R array unresponsive")
    {
        Technology = "Ta/HfO2 memristors, 1T1R",
        Validity = "the fault rate of one 128 x 64 array",
        Assumptions =
        [
            "Unverified: the window of 100 to 900 µS; only the fault rate is from the source.",
            StuckPlace,
        ],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [StuckPlace] = DevicePart.Faults,
        },
        Faults = new FaultRates(0, 0, 0.11) { Source = "Li et al., 2018, abstract" },
    };

    /// <summary>SiOx devices in their high-resistance range, with Poole-Frenkel conduction: 366.2 kΩ to 1.295 MΩ.</summary>
    public static DeviceCard SiOx { get; } = new(
        "siox", 1 / 1_295_000.0, 1 / 366_200.0,
        "Joksas et al., Nonideality-aware training for accurate and robust low-power memristive neural networks, Advanced Science 9, 2022; code nonideality-aware-mnn-training, simulations/devices.py (high-resistance range)")
    {
        Technology = "SiOx RRAM, high-resistance range",
        Validity = "366.2 kΩ to 1.295 MΩ read at 0.25 V; voltages up to ±0.5 V",
        Assumptions =
        [
            MeanNonlinearity,
            SiOxSpread,
            SiOxStuck,
        ],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [MeanNonlinearity] = DevicePart.Conduction,
            [SiOxSpread] = DevicePart.ProgrammingError,
            [SiOxStuck] = DevicePart.Faults,
        },
        ProgrammingError = new LognormalProgrammingError(0.25) { Source = "Joksas et al., uniform device-to-device spread of ln R" },
        Conduction = PooleFrenkelConduction.OfNonlinearity(2.989, 0.25, "Joksas et al., simulations/devices.py: mean nonlinearity 2.989 at 0.25 V"),
        Faults = new FaultRates(0, 0.05) { Source = "Joksas et al., study value" },
    };

    /// <summary>HfO2 1T1R with nine levels in the style of CEA-Leti: the RESET state and eight SET levels, 5 to 160 µS.</summary>
    public static DeviceCard HfO2NineLevels { get; } = new(
        "hfo2-nine-levels", 5e-6, 160e-6,
        "Nine levels a cell: Esmanhotto et al., IEDM 2020, 36.5; RESET state as a level: D. Bonnet, CEA-Leti report, 2020")
    {
        Technology = "HfO2 RRAM, 1T1R, nine levels",
        Validity = "a model in the style of the source; its numbers are assumptions",
        Levels = [5e-6, 20e-6, 40e-6, 60e-6, 80e-6, 100e-6, 120e-6, 140e-6, 160e-6],
        Assumptions =
        [
            LevelTable,
            ResetSpread,
            SetSpread,
            FirstSecond,
        ],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [LevelTable] = DevicePart.Levels,
            [ResetSpread] = DevicePart.ProgrammingError,
            [SetSpread] = DevicePart.ProgrammingError,
            [FirstSecond] = DevicePart.Drift,
        },
        ProgrammingError = new ResetStateProgrammingError(
            5e-6, new LognormalProgrammingError(0.5) { Source = "assumption" }, SetSiemens,
            new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(0, 0.15 + 0.1 / 7, -0.1 / 140)) { Source = "unverified" })
        {
            Source = "assumptions in the style of CEA-Leti's HfO2 arrays, one pulse without verify",
        },
        Drift = new FilamentRelaxation(SpreadPolynomial.OfMicrosiemens(4.782321, -0.009107), 0.4e-6 / Math.Log(10), 1, SetSiemens)
        {
            Source = "assumption; initial spread of Milo et al., IRPS 2021",
            FirstSeconds = 1,
        },
    };

    /// <summary>A technology that is known by its window and a constant spread, as in the study of Wang, Park and Lu: on/off ratio 10, spread 1/64 of the range.</summary>
    public static DeviceCard GenericWang { get; } = GenericDevice.Card(new GenericDevice
    {
        Name = "generic-wang",
        MaximumSiemens = 10e-6,
        OnOffRatio = 10,
        LevelCount = 16,
        SpreadShare = 1.0 / 64,
        Source = "Wang, Park, Lu, Device Non-Ideality Effects and Architecture-aware Training in RRAM In-Memory Computing Modules: on/off ratio 10, 4 bits, programming variation 1.56 % (1/64) of the range",
        Assumptions = ["The largest conductance of 10 µS is assumed: the study speaks in shares of the range and of a largest read current of 3 µA (0.3 V on 10 µS)."],
    });

    /// <summary>All cards, in the order to show them.</summary>
    public static IReadOnlyList<DeviceCard> All { get; } =
        [Phax, HfO2Milo, NeurramWan, NeurramWanCubic, CmoHfOx, CmoHfOxCoarse, PcmJoshi, PcmNandakumar, TaHfO2Li, SiOx, HfO2NineLevels, GenericWang];

    /// <summary>Finds a card by name.</summary>
    /// <param name="name">Name as in <see cref="DeviceCard.Name"/>.</param>
    /// <returns>The card, or null when none of that name ships.</returns>
    public static DeviceCard? Find(string name) => All.FirstOrDefault(c => c.Name == name);

    private static SpreadPolynomial WanSpread(params ReadOnlySpan<double> microsiemens) => SpreadPolynomial.OfMicrosiemens(40e-6, microsiemens);

    private static DeviceCard Cmo(string name, string acceptance, double constant, double slope) => new(
        name, 9e-6, 88.2e-6, $"Falcone et al., arXiv 2502.04524; {Aihwkit}/reram.py, acceptance {acceptance} of the target")
    {
        Technology = "analogue filamentary CMO/HfOx ReRAM",
        Validity = "9 to 88.2 µS; relaxation from 1 s after programming, no end stated",
        Assumptions = [CmoRelaxation],
        AssumptionParts = new Dictionary<string, DevicePart>
        {
            [CmoRelaxation] = DevicePart.Drift,
        },
        ProgrammingError = new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(constant, slope)) { Source = $"Falcone et al., program-and-verify within {acceptance} of the target", IsAfterVerify = true },
        Drift = new LogarithmicRelaxation(-0.08900206e-6, 0.04201137e-6, 0.41183342e-6) { Source = $"Falcone et al.; {Aihwkit}/reram.py", FirstSeconds = 1 },
        ReadNoise = new LogarithmicReadNoise(0.0277316483e-6, 1e-6) { Source = $"Falcone et al.; {Aihwkit}/reram.py" },
    };
}
